package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.VersionProof;
import dev.emend.topic.BrokerFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading thread: takes what the log has, verifies and stages it on the state at hand, and
 * swaps when that is a version to serve. It outlives a broker or registry that is away for a while,
 * and ends at the first delta that cannot be right.
 */
final class Follower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Function<Optional<LogPosition>, DeltaLog> logs;
  private final Serving serving;
  private final Announcer announcer;
  private final Advance advance;
  private final Goal goal;
  private final Starts starts;
  private final CountDownLatch stop = new CountDownLatch(1);

  /** What was read and verified last; may be ahead of what is served. */
  private Served atHand;

  /** Versions since what is served. */
  private final List<ServedVersion> untold = new ArrayList<>();

  private boolean wentBack;

  Follower(
      Function<Optional<LogPosition>, DeltaLog> logs,
      Serving serving,
      Announcer announcer,
      Advance advance,
      Goal goal,
      Starts starts) {
    this.logs = logs;
    this.serving = serving;
    this.announcer = announcer;
    this.advance = advance;
    this.goal = goal;
    this.starts = starts;
    this.atHand = serving.current();
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    try {
      while (!isStopped() && serving.fault().isEmpty()) {
        readUntilDisturbed();
      }
    } catch (Fault e) {
      serving.fail(e);
    } catch (RuntimeException e) {
      serving.fail(new Fault(FaultCode.INTERNAL, "following the versions failed: " + e, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readUntilDisturbed() throws InterruptedException {
    try (DeltaLog log = logs.apply(atHand.position())) {
      while (!isStopped() && serving.fault().isEmpty()) {
        long limit = goal.limit(log, atHand);
        if (limit < atHand.version()) {
          goBack(limit);
          return;
        }
        List<LoggedDelta> found = log.next(POLL, atHand.version(), limit);
        if (jumpedOverGap(found.isEmpty() ? log.blocked() : found.get(0).version(), limit)) {
          return;
        }
        take(found, log);
        serveIfReached(log);
      }
    } catch (KafkaException e) {
      pauseOrThrow(BrokerFaults.of("read the versions", e));
    } catch (Fault e) {
      pauseOrThrow(e);
    }
  }

  private void pauseOrThrow(Fault fault) throws InterruptedException {
    if (fault.code().kind() != FaultCode.Kind.RETRIABLE) {
      throw fault;
    }
    LOG.warn("{}; trying again in {}", fault.getMessage(), PAUSE);
    if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("stopped while waiting");
    }
  }

  /** The alias was moved to an earlier version: that one is rebuilt, and then served. */
  private void goBack(long version) {
    LOG.info("going back from {} to version {}", atHand.state(), version);
    atHand = starts.atMost(version);
    untold.clear();
    wentBack = true;
  }

  /**
   * The log was cut behind the version at hand: a snapshot that reaches it goes on, if any does.
   */
  private boolean jumpedOverGap(long first, long limit) {
    if (first <= atHand.version() + 1) {
      return false;
    }
    Optional<Served> later = starts.reaching(first, limit);
    later.ifPresent(
        served -> {
          LOG.info("going on from the snapshot {}, behind which the log was cut", served.state());
          atHand = served;
          untold.clear();
          wentBack = true;
        });
    return later.isPresent();
  }

  private void take(List<LoggedDelta> found, DeltaLog log) {
    List<LoggedDelta> fresh = new ArrayList<>();
    for (LoggedDelta delta : found) {
      if (delta.version() > atHand.version()) {
        fresh.add(delta);
      } else {
        pass(delta);
      }
    }
    Optional<ModelState> merged = advance.merged(fresh, atHand.state());
    if (merged.isPresent()) {
      move(merged.get(), fresh);
      return;
    }
    for (LoggedDelta delta : fresh) {
      if (delta.version() > atHand.version()) {
        move(advance.one(delta, atHand.state()), List.of(delta));
        serveIfReached(log);
      } else {
        pass(delta);
      }
    }
  }

  private void pass(LoggedDelta delta) {
    advance.requireHeld(delta, atHand.state());
    Served further =
        new Served(atHand.state(), Optional.of(delta.after()), proofOfHeld(delta.delta()));
    if (serving.current().state() == further.state()) {
      serving.swap(further, List.of());
    }
    atHand = further;
  }

  /** What was unsigned where it was found may be signed in the log. */
  private Optional<VersionProof> proofOfHeld(ModelDelta delta) {
    return delta.getVersion() == atHand.version()
        ? atHand.proof().or(() -> VersionProof.of(delta))
        : atHand.proof();
  }

  private void move(ModelState state, List<LoggedDelta> run) {
    run.forEach(delta -> untold.add(ServedVersion.of(delta.delta())));
    LoggedDelta last = run.get(run.size() - 1);
    atHand = new Served(state, Optional.of(last.after()), VersionProof.of(last.delta()));
  }

  private void serveIfReached(DeltaLog log) {
    if (!goal.isReached(log, atHand)) {
      return;
    }
    List<ServedVersion> told = toTell();
    untold.clear();
    wentBack = false;
    if (atHand.version() != serving.current().version()) {
      serving.swap(atHand, told);
      told.forEach(version -> announce(version, log));
    }
  }

  /** Going back brings nothing new but the version itself. */
  private List<ServedVersion> toTell() {
    if (!wentBack) {
      return List.copyOf(untold);
    }
    return List.of(
        untold.isEmpty() ? ServedVersion.again(atHand.state()) : untold.get(untold.size() - 1));
  }

  /** Also when stopped: what is served is told, for as long as closing waits. */
  private void announce(ServedVersion version, DeltaLog log) {
    while (!announcer.offer(version) && serving.fault().isEmpty()) {
      log.idle(POLL);
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
