package dev.emend.itests.chaos;

import static org.awaitility.Awaitility.await;

import dev.emend.fault.Fault;
import dev.emend.itests.chaos.ChaosPlan.Deed;
import dev.emend.itests.chaos.check.Checker;
import dev.emend.itests.chaos.check.Finding;
import dev.emend.itests.chaos.check.Forgotten;
import dev.emend.itests.chaos.check.LogReader;
import dev.emend.itests.chaos.check.RunLog;
import dev.emend.itests.chaos.load.EventScript;
import dev.emend.itests.chaos.load.Feeder;
import dev.emend.itests.chaos.load.Message;
import dev.emend.itests.chaos.system.ChaosSystem;
import dev.emend.itests.chaos.system.Slot;
import dev.emend.itests.chaos.system.SystemPlan;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from an empty folder to the findings. */
final class ChaosRun {
  private static final Logger log = LoggerFactory.getLogger(ChaosRun.class);
  private static final Duration RETURN = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(500);
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
    SystemPlan plan = plan();
    long start = System.nanoTime();
    try (ChaosSystem system = ChaosSystem.start(plan)) {
      long ready = System.nanoTime();
      AutoCloseable watcher = load.watch(system);
      Fed sent = feed(system);
      long fed = System.nanoTime();
      List<Finding> findings = new ArrayList<>();
      LogReader reader = new LogReader(system.connection());
      if (settings.transactions()) {
        settle(system, findings);
      } else {
        awaitForgotten(reader);
      }
      watcher.close();
      long settled = System.nanoTime();
      RunLog left =
          settings.transactions() ? compare(system, plan, reader, findings) : read(reader);
      // Without transactions the run ends in the middle, and the rest is still to come.
      findings.addAll(settings.transactions() ? Checker.check(left) : Forgotten.in(left));
      return new ChaosResult(
          settings,
          findings,
          left,
          reader.deltas(),
          system.slots(),
          LostPlaces.in(plan.logs()),
          sent.repeats(),
          sent.missed(),
          new ChaosResult.Times(
              seconds(start, ready),
              seconds(ready, fed),
              seconds(fed, settled),
              seconds(settled, System.nanoTime())));
    }
  }

  private SystemPlan plan() {
    return new SystemPlan(
        folder,
        base,
        settings.modelNames(),
        settings.workers(),
        settings.transactions(),
        settings.seed(),
        settings.trouble().doom(),
        settings.trouble().disk());
  }

  private void settle(ChaosSystem system, List<Finding> findings) {
    if (!system.awaitReady(RETURN)) {
      List<String> missing =
          system.slots().stream().filter(s -> !s.ready()).map(Slot::name).toList();
      findings.add(new Finding(Finding.Kind.LOST, "not back: " + missing));
    }
    awaitOutcomes(system);
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  private List<String> said() {
    return script.stream().map(message -> message.change().getEventId()).toList();
  }

  /** How publishing went. */
  private record Fed(int repeats, List<Deed> missed) {}

  private Fed feed(ChaosSystem system) throws Exception {
    Iterator<Deed> deeds =
        ChaosPlan.draw(settings.seed(), settings.events(), settings.trouble()).iterator();
    DeedDoer doer = new DeedDoer(system, deeds);
    try (Feeder feeder = new Feeder(system.connection())) {
      feeder.feed(
          script,
          index -> {
            doer.upTo(index);
            return load.waitMillis(index);
          });
      return new Fed(feeder.repeats(), doer.missed());
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

  /** Looks into the log until an event is forgotten for good; the test sees if none ever is. */
  private void awaitForgotten(LogReader reader) {
    try {
      await("an event of which nobody will ever be told")
          .atMost(settings.patience())
          .pollInterval(LOOK)
          .until(() -> !Forgotten.in(read(reader)).isEmpty());
    } catch (ConditionTimeoutException e) {
      log.warn("seed {}: {}", settings.seed(), e.getMessage());
    }
  }

  private RunLog read(LogReader reader) {
    return reader.read(said(), settings.modelNames(), List.of());
  }

  /**
   * All copies of one state of the log. An idle worker may still consolidate, which is a version:
   * copies of a log that grew meanwhile are taken again.
   */
  private RunLog compare(
      ChaosSystem system, SystemPlan plan, LogReader reader, List<Finding> findings)
      throws IOException {
    for (int look = 1; ; look++) {
      int versions = reader.deltas().size();
      List<Finding> found = new ArrayList<>();
      List<RunLog.Copy> copies = CopyTaker.take(system, plan, reader, found);
      RunLog left = reader.read(said(), settings.modelNames(), copies);
      if (look == LOOKS || reader.deltas().size() == versions) {
        findings.addAll(found);
        return left;
      }
      log.info("seed {}: the log grew from {} versions, looking again", settings.seed(), versions);
    }
  }
}
