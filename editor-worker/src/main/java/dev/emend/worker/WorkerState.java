package dev.emend.worker;

import dev.emend.delta.ModelVersion;
import dev.emend.worker.WorkerHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others may see of the loop: health, the live version, meters. Written by the polling thread,
 * read by any.
 */
final class WorkerState {
  private static final Logger log = LoggerFactory.getLogger(WorkerState.class);

  /** Said in the log when this worker is no longer the model's writer. */
  static final String FENCED = "this worker is fenced";

  private final WindowMeters meters;
  private final CompletableFuture<ModelVersion> firstLive = new CompletableFuture<>();
  private volatile @Nullable Standing live;
  private volatile WorkerHealth health = new WorkerHealth(State.STANDBY, null, null);

  WorkerState(WindowMeters meters) {
    this.meters = meters;
  }

  /** The version that is served; empty before the first recovery. */
  Optional<Standing> live() {
    return Optional.ofNullable(live);
  }

  /** Completes with the first version that is served, or with what stopped the worker before. */
  CompletableFuture<ModelVersion> firstLive() {
    return firstLive.copy();
  }

  WorkerHealth health() {
    return health;
  }

  void standby() {
    become(State.STANDBY, null);
  }

  void recovering() {
    become(State.RECOVERING, health.problem());
  }

  void editing() {
    become(State.EDITING, null);
  }

  void stopped() {
    become(State.STOPPED, null);
  }

  void failed(Throwable cause) {
    firstLive.completeExceptionally(cause);
    become(State.FAILED, String.valueOf(cause.getMessage()));
  }

  /** A failure after which the worker goes on. */
  void trouble(String problem) {
    become(health.state(), problem);
  }

  /** Another writer took this one's place: nothing of it counts that is not committed. */
  void fenced(Throwable error) {
    meters.fenced();
    log.warn("{}, and what is not committed is dropped: {}", FENCED, error.toString());
  }

  /** The model is rebuilt. */
  void recovered(Standing standing, Duration took) {
    live = standing;
    meters.recovered(standing, took);
    log.info("{} with {} facts is live", standing.state(), standing.ledger().size());
    become(State.IDLE, null);
    firstLive.complete(standing.state().version());
  }

  /** A window is committed and its weights are live. */
  void served(PreparedWindow window, Instant committedAt) {
    live = window.standing();
    meters.committed(window.report(), window.standing(), committedAt);
    log.info("{}", window.report().summary());
    become(State.IDLE, null);
  }

  /** A consolidation is committed and its weights are live. */
  void consolidated(PreparedConsolidation prepared) {
    live = prepared.standing();
    meters.consolidated(prepared);
    log.info(
        "consolidated: {} with {} facts is live after {} s; {} of the asked facts hold",
        prepared.standing().state(),
        prepared.standing().ledger().size(),
        prepared.took().toSeconds(),
        prepared.scores().getRetest());
    become(State.IDLE, null);
  }

  /** A soak has ended. */
  void moved(PreparedMove prepared) {
    live = prepared.standing();
    meters.moved(prepared);
    prepared
        .held()
        .ifPresentOrElse(
            why -> log.warn("live of {} stays: {}", prepared.standing().state().model(), why),
            () ->
                log.info(
                    "live of {} points to version {}",
                    prepared.standing().state().model(),
                    prepared.standing().aliases().live().version()));
    become(State.IDLE, prepared.held().orElse(null));
  }

  /** A window did not come to its commit. */
  void aborted(String result) {
    meters.windows(result);
  }

  void backlog(long windows) {
    meters.backlog(windows);
  }

  private void become(State state, @Nullable String problem) {
    ModelVersion served = live().map(standing -> standing.state().version()).orElse(null);
    health = new WorkerHealth(state, served, problem);
  }
}
