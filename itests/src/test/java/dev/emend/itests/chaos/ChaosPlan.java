package dev.emend.itests.chaos;

import dev.emend.itests.chaos.system.RoleKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What is done to the system, and before which record. */
final class ChaosPlan {
  /**
   * Longer than a silent member keeps its place in any of the groups, 15 s, and another's start.
   */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(19);

  private static final int PAUSE_SPREAD_MS = 4_000;
  private static final double QUIET_SHARE = 0.05;
  private static final List<RoleKind> PAUSED = List.of(RoleKind.WORKER, RoleKind.STREAM);
  private static final List<RoleKind> HELD = List.of(RoleKind.REGISTRY, RoleKind.BROKER);

  private ChaosPlan() {}

  /** One deed, before the record of an index. */
  sealed interface Deed {
    /** Index of the record that waits for it. */
    int before();

    /** To whom. */
    RoleKind kind();
  }

  /** A process is killed, and started again after a time. */
  record Kill(int before, RoleKind kind, Duration held) implements Deed {}

  /** A process's clock is stopped for a time. */
  record Pause(int before, RoleKind kind, Duration time) implements Deed {}

  /** Draws the deeds: every kind is killed about as often, at any place but the first records. */
  static List<Deed> draw(long seed, int records, ChaosTrouble trouble) {
    Random random = new Random(seed);
    List<Deed> deeds = new ArrayList<>();
    List<RoleKind> turn = new ArrayList<>();
    for (int i = 0; i < trouble.kills(); i++) {
      if (turn.isEmpty()) {
        turn.addAll(List.of(RoleKind.values()));
        Collections.shuffle(turn, random);
      }
      deeds.add(new Kill(place(random, records), turn.remove(0), Duration.ZERO));
    }
    for (int i = 0; i < trouble.pauses(); i++) {
      Duration time = SHORTEST_PAUSE.plusMillis(random.nextInt(PAUSE_SPREAD_MS));
      deeds.add(new Pause(place(random, records), PAUSED.get(i % PAUSED.size()), time));
    }
    for (int i = 0; i < trouble.outages(); i++) {
      deeds.add(new Kill(place(random, records), HELD.get(i % HELD.size()), trouble.outage()));
    }
    deeds.sort(Comparator.comparingInt(Deed::before));
    return List.copyOf(deeds);
  }

  private static int place(Random random, int records) {
    return (int) (records * (QUIET_SHARE + (1 - 2 * QUIET_SHARE) * random.nextDouble()));
  }
}
