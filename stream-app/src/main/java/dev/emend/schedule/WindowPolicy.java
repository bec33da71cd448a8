package dev.emend.schedule;

import java.time.Instant;

/**
 * Decides whether the window of one model closes now. Implementations must be cheap: they are asked
 * on every tick. A policy that learns keeps its own state for each model and is told of feedback by
 * its owner; the ones here are immutable and thread-safe.
 */
@FunctionalInterface
public interface WindowPolicy {

  /**
   * The decision for one model.
   *
   * @param backlog what waits
   * @param worker what is known of the model's worker
   * @param now the present instant, never before one given earlier for the same model
   */
  Decision decide(Backlog backlog, WorkerState worker, Instant now);
}
