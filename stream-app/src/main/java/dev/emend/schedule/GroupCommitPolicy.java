package dev.emend.schedule;

import dev.emend.event.CloseReason;
import java.time.Duration;
import java.time.Instant;

/**
 * Group commit, as databases write their logs: while the worker is busy the next window grows; when
 * it is free, what waits goes. The window adapts to the worker's speed by itself.
 *
 * <p>In this order:
 *
 * <ol>
 *   <li>{@code URGENT}: an urgent fact closes the window whatever the worker does;
 *   <li>{@code FULL}: so much waits that the window cannot grow;
 *   <li>{@code CHANGE_SET}: a set is complete;
 *   <li>{@code WORKER_IDLE}: the worker has nothing to do, and the oldest fact has waited a moment
 *       for company: a burst comes in pieces, and a window of one costs nearly what one of many
 *       does;
 *   <li>{@code DEADLINE}: the worker is busy, but the oldest fact has waited too long.
 * </ol>
 *
 * <p>A busy worker gets at most one window ahead, and only for {@code FULL}, {@code CHANGE_SET} and
 * {@code DEADLINE}: a window in the log can no longer grow nor can its facts be replaced. The one
 * ahead also bridges a feedback that was lost: the next one answers for both. Immutable.
 */
public final class GroupCommitPolicy implements WindowPolicy {
  private static final int MOST_OUTSTANDING = 2;

  private final WindowCap cap;
  private final Duration linger;
  private final Duration maxStaleness;

  /**
   * A policy with fixed caps.
   *
   * @param cap the most that a window may hold
   * @param linger how long a fact waits for company though the worker is idle
   * @param maxStaleness how long the oldest fact may wait while the worker is busy
   */
  public GroupCommitPolicy(WindowCap cap, Duration linger, Duration maxStaleness) {
    if (linger.isNegative() || maxStaleness.compareTo(linger) < 0) {
      throw new IllegalArgumentException(
          "a fact cannot wait %s for company and at most %s".formatted(linger, maxStaleness));
    }
    this.cap = cap;
    this.linger = linger;
    this.maxStaleness = maxStaleness;
  }

  @Override
  public Decision decide(Backlog backlog, WorkerState worker, Instant now) {
    if (backlog.ready() == 0) {
      return Decision.WAIT;
    }
    if (backlog.hasUrgent()) {
      return close(CloseReason.URGENT);
    }
    if (worker.outstanding() >= MOST_OUTSTANDING) {
      return Decision.WAIT;
    }
    if (backlog.ready() >= cap.facts() || backlog.readyBytes() >= cap.bytes().bytes()) {
      return close(CloseReason.FULL);
    }
    if (backlog.hasChangeSet()) {
      return close(CloseReason.CHANGE_SET);
    }
    if (worker.idle()) {
      return waited(backlog, linger, now) ? close(CloseReason.WORKER_IDLE) : Decision.WAIT;
    }
    return waited(backlog, maxStaleness, now) ? close(CloseReason.DEADLINE) : Decision.WAIT;
  }

  private static boolean waited(Backlog backlog, Duration time, Instant now) {
    return backlog.oldest().filter(since -> !now.isBefore(since.plus(time))).isPresent();
  }

  private Decision close(CloseReason reason) {
    return new Decision.Close(reason, cap, Prediction.NONE);
  }
}
