package dev.emend.itests.chaos;

import dev.emend.itests.chaos.system.ChaosSystem;
import dev.emend.itests.chaos.system.Vitals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several rates one after the other, with an eye on the processes. */
final class WatchedLoad implements ChaosRun.Load {
  private final List<Phase> phases;
  private final Map<String, Path> folders;
  private final int everyMillis;
  private final List<Instant> begins = new ArrayList<>();
  private Pacing pacing = new Pacing(1);
  private @Nullable Vitals vitals;

  /** So many records at so many a second. */
  record Phase(int records, int rate) {}

  WatchedLoad(List<Phase> phases, Map<String, Path> folders, int everyMillis) {
    this.phases = List.copyOf(phases);
    this.folders = Map.copyOf(folders);
    this.everyMillis = everyMillis;
  }

  /** Records of all phases. */
  int records() {
    return phases.stream().mapToInt(Phase::records).sum();
  }

  @Override
  public int waitMillis(int index) {
    int before = 0;
    for (Phase phase : phases) {
      if (index == before) {
        begins.add(Instant.now());
        pacing = new Pacing(phase.rate());
      }
      before += phase.records();
    }
    return pacing.waitMillis();
  }

  @Override
  public AutoCloseable watch(ChaosSystem system) {
    Vitals watching = new Vitals(system, folders, everyMillis);
    vitals = watching;
    return watching;
  }

  /** When each phase began. */
  List<Instant> begins() {
    return List.copyOf(begins);
  }

  /** What was seen. */
  List<Vitals.Sample> samples() {
    return Objects.requireNonNull(vitals, "nobody watched").samples();
  }
}
