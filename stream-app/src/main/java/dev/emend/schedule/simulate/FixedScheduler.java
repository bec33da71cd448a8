package dev.emend.schedule.simulate;

import dev.emend.event.CloseReason;
import dev.emend.schedule.Backlog;
import dev.emend.schedule.Decision;
import dev.emend.schedule.Prediction;
import dev.emend.schedule.Report;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.WindowScheduler;
import dev.emend.schedule.WindowShape;
import dev.emend.schedule.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiPredicate;

/**
 * What one would set by hand: a window closes when it is full, or when its oldest fact has waited
 * so long, whatever the worker does. Stateless.
 */
final class FixedScheduler implements WindowScheduler {
  private final WindowCap cap;
  private final BiPredicate<Instant, Instant> due;

  private FixedScheduler(WindowCap cap, BiPredicate<Instant, Instant> due) {
    this.cap = cap;
    this.due = due;
  }

  /**
   * Windows of one size; what is left at the end goes too.
   *
   * @param end when the last fact has come
   */
  static WindowScheduler ofSize(WindowCap cap, Instant end) {
    return new FixedScheduler(cap, (since, now) -> !now.isBefore(end));
  }

  /** Windows of one duration, of at most the cap. */
  static WindowScheduler ofTime(WindowCap cap, Duration longest) {
    return new FixedScheduler(cap, (since, now) -> !now.isBefore(since.plus(longest)));
  }

  @Override
  public Decision decide(Backlog backlog, WorkerState worker, Instant now) {
    if (backlog.ready() >= cap.facts()) {
      return new Decision.Close(CloseReason.FULL, cap, Prediction.NONE);
    }
    return backlog.oldest().filter(since -> due.test(since, now)).isPresent()
        ? new Decision.Close(CloseReason.DEADLINE, cap, Prediction.NONE)
        : Decision.WAIT;
  }

  @Override
  public void arrived(Instant now) {}

  @Override
  public void handedOver(long sequence, WindowShape shape, Instant now) {}

  @Override
  public void finished(Report report, Instant now) {}
}
