package dev.emend.schedule;

import dev.emend.event.CloseReason;
import java.time.Instant;

/** Closes whatever is ready, whatever the worker does: for a stream that is about to stop. */
public final class DrainPolicy implements WindowPolicy {
  private final WindowCap cap;

  /** A policy that drains in windows of at most this size. */
  public DrainPolicy(WindowCap cap) {
    this.cap = cap;
  }

  @Override
  public Decision decide(Backlog backlog, WorkerState worker, Instant now) {
    return backlog.ready() == 0
        ? Decision.WAIT
        : new Decision.Close(CloseReason.DRAIN, cap, Prediction.NONE);
  }
}
