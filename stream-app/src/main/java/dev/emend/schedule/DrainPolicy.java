package dev.emend.schedule;

import dev.emend.event.CloseReason;
import java.time.Instant;

/** Closes whatever is ready, whatever the worker does: for a stream that is about to stop. */
public final class DrainPolicy implements WindowPolicy {
  private final int largestWindow;

  /** A policy that drains in windows of at most this many facts. */
  public DrainPolicy(int largestWindow) {
    if (largestWindow < 1) {
      throw new IllegalArgumentException("no window can hold " + largestWindow + " facts");
    }
    this.largestWindow = largestWindow;
  }

  @Override
  public Decision decide(Backlog backlog, WorkerState worker, Instant now) {
    return backlog.ready() == 0
        ? Decision.WAIT
        : new Decision.Close(CloseReason.DRAIN, largestWindow, Prediction.NONE);
  }
}
