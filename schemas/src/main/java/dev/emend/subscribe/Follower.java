package dev.emend.subscribe;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.StagedVersion;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading thread: takes each delta, verifies and stages it on the state at hand, and swaps. It
 * outlives a broker or registry that is away for a while, and ends at the first delta that cannot
 * be right.
 */
final class Follower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Function<Optional<LogPosition>, DeltaLog> logs;
  private final Serving serving;
  private final Announcer announcer;
  private final ExactUpdate update;
  private final CountDownLatch stop = new CountDownLatch(1);

  Follower(
      Function<Optional<LogPosition>, DeltaLog> logs,
      Serving serving,
      Announcer announcer,
      ExactUpdate update) {
    this.logs = logs;
    this.serving = serving;
    this.announcer = announcer;
    this.update = update;
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    try {
      while (!isStopped()) {
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
    try (DeltaLog log = logs.apply(serving.current().position())) {
      while (!isStopped() && serving.fault().isEmpty()) {
        log.next(POLL, serving.current().version()).ifPresent(found -> take(found, log));
      }
      stop();
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

  private void take(LoggedDelta found, DeltaLog log) {
    ModelState state = serving.current().state();
    ModelDelta delta = found.delta();
    if (delta.getVersion() <= state.version().version()) {
      pass(found, state);
      return;
    }
    StagedVersion staged = stage(found, state);
    ServedVersion version = ServedVersion.of(delta);
    serving.swap(new Served(staged.result(), Optional.of(found.after())), version.events());
    while (!announcer.offer(version) && !isStopped() && serving.fault().isEmpty()) {
      log.idle(POLL);
    }
  }

  /** A version that a snapshot already holds: if it is the very one, the chain must agree. */
  private void pass(LoggedDelta found, ModelState state) {
    ServedVersion version = ServedVersion.of(found.delta());
    if (version.number() == state.version().version()
        && !version.version().equals(state.version())) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d at %s is a fork: the weights at hand have digest %s, not %s; %s"
              .formatted(
                  version.number(),
                  found.place(),
                  state.version().digest().shortHex(),
                  version.version().digest().shortHex(),
                  SubscriberAdvice.FORK));
    }
    serving.swap(new Served(state, Optional.of(found.after())), List.of());
  }

  private StagedVersion stage(LoggedDelta found, ModelState state) {
    try {
      return state.follow(found.delta(), found.payloads(), update);
    } catch (Fault e) {
      throw new Fault(
          e.code(),
          "version %d at %s was refused: %s; %s"
              .formatted(
                  found.delta().getVersion(),
                  found.place(),
                  e.getMessage(),
                  SubscriberAdvice.of(e.code())),
          e);
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
