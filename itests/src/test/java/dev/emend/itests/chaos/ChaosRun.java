package dev.emend.itests.chaos;

import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.itests.chaos.ChaosPlan.Deed;
import dev.emend.itests.chaos.check.Checker;
import dev.emend.itests.chaos.check.Finding;
import dev.emend.itests.chaos.check.LogReader;
import dev.emend.itests.chaos.check.RunLog;
import dev.emend.itests.chaos.load.EventScript;
import dev.emend.itests.chaos.load.Feeder;
import dev.emend.itests.chaos.load.Message;
import dev.emend.itests.chaos.role.WeightFile;
import dev.emend.itests.chaos.system.ChaosSystem;
import dev.emend.itests.chaos.system.RoleKind;
import dev.emend.itests.chaos.system.Slot;
import dev.emend.itests.chaos.system.SystemPlan;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.topic.Topics;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from an empty folder to the findings. */
final class ChaosRun {
  private static final Logger log = LoggerFactory.getLogger(ChaosRun.class);
  private static final Duration RETURN = Duration.ofMinutes(2);
  private static final Duration WORKER = Duration.ofSeconds(60);
  private static final Duration DUMP = Duration.ofSeconds(150);
  private static final int LOOKS = 4;

  private final ChaosSettings settings;
  private final Path folder;
  private final Path base;
  private final List<Message> script;

  private final Load load;

  /** How fast a run publishes, and who looks on. */
  interface Load {
    /** Milliseconds to wait before the record of this index. */
    int waitMillis(int index);

    /** The system is up; what is returned is closed when all is published and settled. */
    AutoCloseable watch(ChaosSystem system);
  }

  private ChaosRun(ChaosSettings settings, Path folder, Load load) throws IOException {
    this.load = load;
    this.settings = settings;
    this.folder = folder;
    this.base = TinyGpt.write(folder.resolve("base"), settings.seed());
    this.script =
        EventScript.write(
            settings.seed(), settings.events(), settings.modelNames(), settings.subjects());
  }

  /** Does everything. */
  static ChaosResult run(ChaosSettings settings, Path folder) throws Exception {
    return run(settings, folder, new SteadyLoad(settings.rate()));
  }

  /** Does everything at another pace. */
  static ChaosResult run(ChaosSettings settings, Path folder, Load load) throws Exception {
    return new ChaosRun(settings, folder, load).run();
  }

  private ChaosResult run() throws Exception {
    SystemPlan plan =
        new SystemPlan(
            folder,
            base,
            settings.modelNames(),
            settings.workers(),
            settings.transactions(),
            settings.seed(),
            settings.doom());
    long start = System.nanoTime();
    try (ChaosSystem system = ChaosSystem.start(plan)) {
      long ready = System.nanoTime();
      AutoCloseable watcher = load.watch(system);
      int repeats = feed(system);
      long fed = System.nanoTime();
      boolean back = system.awaitReady(RETURN);
      List<Finding> findings = new ArrayList<>();
      if (!back) {
        findings.add(
            new Finding(
                Finding.Kind.LOST,
                "not back: "
                    + system.slots().stream().filter(s -> !s.ready()).map(Slot::name).toList()));
      }
      awaitOutcomes(system);
      watcher.close();
      long settled = System.nanoTime();
      LogReader reader = new LogReader(system.connection());
      RunLog left = compare(system, plan, reader, findings);
      findings.addAll(Checker.check(left));
      return new ChaosResult(
          settings,
          findings,
          left,
          reader.deltas(),
          system.slots(),
          repeats,
          new ChaosResult.Times(
              seconds(start, ready),
              seconds(ready, fed),
              seconds(fed, settled),
              seconds(settled, System.nanoTime())));
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  private List<String> said() {
    return script.stream().map(message -> message.change().getEventId()).toList();
  }

  private int feed(ChaosSystem system) throws Exception {
    Iterator<Deed> deeds =
        ChaosPlan.draw(settings.seed(), settings.events(), settings.kills(), settings.pauses())
            .iterator();
    DeedDoer doer = new DeedDoer(system, deeds);
    try (Feeder feeder = new Feeder(system.connection())) {
      feeder.feed(
          script,
          index -> {
            doer.upTo(index);
            return load.waitMillis(index);
          });
      return feeder.repeats();
    }
  }

  private void awaitOutcomes(ChaosSystem system) {
    List<String> ids = said();
    try (OutcomeFeed feed = OutcomeFeed.fromBeginning(system.connection(), Topics.standard())) {
      feed.await(ids, settings.patience(), Progress.NONE);
    } catch (Fault e) {
      log.warn("seed {}: {}", settings.seed(), e.getMessage()); // the checker says which
    }
  }

  /**
   * All copies of one state of the log. An idle worker may still consolidate, which is a version:
   * copies of a log that grew meanwhile are taken again.
   */
  private RunLog compare(
      ChaosSystem system, SystemPlan plan, LogReader reader, List<Finding> findings)
      throws IOException, InterruptedException {
    for (int look = 1; ; look++) {
      int versions = reader.deltas().size();
      List<Finding> found = new ArrayList<>();
      RunLog left = reader.read(said(), settings.modelNames(), copies(system, plan, reader, found));
      if (look == LOOKS || reader.deltas().size() == versions) {
        findings.addAll(found);
        return left;
      }
      log.info("seed {}: the log grew from {} versions, looking again", settings.seed(), versions);
    }
  }

  private List<RunLog.Copy> copies(
      ChaosSystem system, SystemPlan plan, LogReader reader, List<Finding> findings)
      throws IOException, InterruptedException {
    List<RunLog.Copy> copies = new ArrayList<>();
    for (String model : settings.modelNames()) {
      ModelState start = ModelState.open(model, ModelFolder.open(base));
      long last =
          reader.deltas().stream()
              .filter(r -> model.equals(r.key()))
              .map(r -> r.value())
              .mapToLong(ModelDelta::getVersion)
              .max()
              .orElse(0);
      SortedMap<String, float[]> names = new TreeMap<>();
      try {
        ModelState replayed = reader.replay(start);
        replayed.edited().forEach(name -> names.put(name, replayed.floats(name)));
        copies.add(copy("replay", replayed, names));
      } catch (Fault e) {
        findings.add(new Finding(Finding.Kind.WRONG_DIGEST, "the replay: " + e.getMessage()));
      }
      subscriber(system, plan, model, last, names, copies, findings);
      worker(system, model, last, names, copies, findings);
    }
    return copies;
  }

  private static RunLog.Copy copy(
      String holder, ModelState state, SortedMap<String, float[]> names) {
    SortedMap<String, ByteBuffer> tensors = new TreeMap<>();
    names.keySet().forEach(name -> tensors.put(name, WeightFile.bytes(state.floats(name))));
    return new RunLog.Copy(holder, state.model(), state.version().version(), tensors);
  }

  private void subscriber(
      ChaosSystem system,
      SystemPlan plan,
      String model,
      long last,
      SortedMap<String, float[]> names,
      List<RunLog.Copy> copies,
      List<Finding> findings)
      throws IOException, InterruptedException {
    for (Slot slot : system.slots(RoleKind.SUBSCRIBER)) {
      Path dump = folder.resolve("dump").resolve(slot.name()).resolve(model);
      String answer = slot.ask("dump " + model + " " + last + " " + dump, DUMP).orElse("no answer");
      if (!answer.equals(Long.toString(last))) {
        findings.add(new Finding(Finding.Kind.LOST, slot.name() + " serves " + answer));
      } else {
        copies.add(new RunLog.Copy(slot.name(), model, last, only(WeightFile.read(dump), names)));
        copies.add(kept(plan.kept(slot.name()).resolve(model), model, last, names));
      }
    }
  }

  /** The folder is written after the version is served. */
  private static RunLog.Copy kept(
      Path kept, String model, long last, SortedMap<String, float[]> names)
      throws InterruptedException {
    ModelState state = ModelState.open(model, ModelFolder.open(kept));
    for (int i = 0; i < 100 && state.version().version() < last; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      state = ModelState.open(model, ModelFolder.open(kept));
    }
    return copy("folder", state, names);
  }

  private void worker(
      ChaosSystem system,
      String model,
      long last,
      SortedMap<String, float[]> names,
      List<RunLog.Copy> copies,
      List<Finding> findings)
      throws IOException, InterruptedException {
    String wanted = "live " + last;
    long end = System.nanoTime() + WORKER.toNanos();
    while (System.nanoTime() < end) {
      for (Slot slot : system.slots(RoleKind.WORKER)) {
        Path dump = folder.resolve("dump").resolve(slot.name()).resolve(model);
        if (wanted.equals(slot.ask("dump " + model + " " + dump, DUMP).orElse(""))) {
          copies.add(new RunLog.Copy(slot.name(), model, last, only(WeightFile.read(dump), names)));
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    findings.add(new Finding(Finding.Kind.LOST, "no worker has version " + last + " of " + model));
  }

  private static SortedMap<String, ByteBuffer> only(
      SortedMap<String, ByteBuffer> tensors, SortedMap<String, float[]> names) {
    SortedMap<String, ByteBuffer> some = new TreeMap<>(tensors);
    some.keySet().retainAll(names.keySet());
    return some;
  }
}
