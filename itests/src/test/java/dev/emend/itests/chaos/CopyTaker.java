package dev.emend.itests.chaos;

import static org.awaitility.Awaitility.await;

import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.itests.chaos.check.Finding;
import dev.emend.itests.chaos.check.LogReader;
import dev.emend.itests.chaos.check.RunLog;
import dev.emend.itests.chaos.role.WeightFile;
import dev.emend.itests.chaos.system.ChaosSystem;
import dev.emend.itests.chaos.system.RoleKind;
import dev.emend.itests.chaos.system.Slot;
import dev.emend.itests.chaos.system.SystemPlan;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;

/** Takes the weights of a model from everybody who has them, at the log's last version. */
final class CopyTaker {
  private static final Duration WORKER = Duration.ofSeconds(60);
  private static final Duration DUMP = Duration.ofSeconds(150);
  private static final Duration FOLDER = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ChaosSystem system;
  private final SystemPlan plan;
  private final LogReader reader;
  private final String model;
  private final long last;
  private final List<Finding> findings;
  private final List<RunLog.Copy> copies = new ArrayList<>();
  private final TreeSet<String> names = new TreeSet<>();

  private CopyTaker(
      ChaosSystem system, SystemPlan plan, LogReader reader, String model, List<Finding> findings) {
    this.system = system;
    this.plan = plan;
    this.reader = reader;
    this.model = model;
    this.findings = findings;
    this.last =
        reader.deltas().stream()
            .filter(r -> model.equals(r.key()))
            .map(r -> r.value())
            .mapToLong(ModelDelta::getVersion)
            .max()
            .orElse(0);
  }

  /**
   * All copies of all models.
   *
   * @param findings gets who has none
   */
  static List<RunLog.Copy> take(
      ChaosSystem system, SystemPlan plan, LogReader reader, List<Finding> findings)
      throws IOException {
    List<RunLog.Copy> all = new ArrayList<>();
    for (String model : plan.models()) {
      CopyTaker taker = new CopyTaker(system, plan, reader, model, findings);
      taker.replay();
      taker.subscribers();
      taker.worker();
      all.addAll(taker.copies);
    }
    return all;
  }

  private void replay() {
    try {
      ModelState replayed = reader.replay(ModelState.open(model, ModelFolder.open(plan.base())));
      names.addAll(replayed.edited());
      copies.add(copy("replay", replayed));
    } catch (Fault e) {
      findings.add(new Finding(Finding.Kind.WRONG_DIGEST, "the replay: " + e.getMessage()));
    }
  }

  private void subscribers() throws IOException {
    for (Slot slot : system.slots(RoleKind.SUBSCRIBER)) {
      Path dump = dump(slot);
      String answer = slot.ask("dump " + model + " " + last + " " + dump, DUMP).orElse("no answer");
      if (!answer.equals(Long.toString(last))) {
        lost(slot.name() + " serves " + answer);
      } else {
        copies.add(new RunLog.Copy(slot.name(), model, last, only(WeightFile.read(dump))));
        copies.add(kept(plan.kept(slot.name()).resolve(model)));
      }
    }
  }

  /** The folder is written after the version is served; the checker says if it never is. */
  private RunLog.Copy kept(Path kept) {
    try {
      await("a folder of version " + last)
          .atMost(FOLDER)
          .pollInterval(LOOK)
          .until(() -> state(kept).version().version() >= last);
    } catch (ConditionTimeoutException e) {
      lost("%s was not written".formatted(kept));
    }
    return copy("folder", state(kept));
  }

  private ModelState state(Path folder) {
    return ModelState.open(model, ModelFolder.open(folder));
  }

  private void worker() {
    try {
      copies.add(
          await("a worker with version " + last)
              .atMost(WORKER)
              .pollInterval(LOOK)
              .until(this::live, Optional::isPresent)
              .orElseThrow());
    } catch (ConditionTimeoutException e) {
      lost("no worker has version " + last + " of " + model);
    }
  }

  private Optional<RunLog.Copy> live() throws IOException {
    for (Slot slot : system.slots(RoleKind.WORKER)) {
      Path dump = dump(slot);
      if (slot.ask("dump " + model + " " + dump, DUMP).orElse("").equals("live " + last)) {
        return Optional.of(new RunLog.Copy(slot.name(), model, last, only(WeightFile.read(dump))));
      }
    }
    return Optional.empty();
  }

  private Path dump(Slot slot) {
    return plan.folder().resolve("dump").resolve(slot.name()).resolve(model);
  }

  private RunLog.Copy copy(String holder, ModelState state) {
    SortedMap<String, ByteBuffer> tensors = new TreeMap<>();
    names.forEach(name -> tensors.put(name, WeightFile.bytes(state.floats(name))));
    return new RunLog.Copy(holder, model, state.version().version(), tensors);
  }

  private SortedMap<String, ByteBuffer> only(SortedMap<String, ByteBuffer> tensors) {
    SortedMap<String, ByteBuffer> some = new TreeMap<>(tensors);
    some.keySet().retainAll(names);
    return some;
  }

  private void lost(String text) {
    findings.add(new Finding(Finding.Kind.LOST, text));
  }
}
