package dev.emend.schedule;

import java.time.Instant;

/** A policy that is told what happens to its model, and may learn from it. Not thread-safe. */
public interface WindowScheduler extends WindowPolicy {

  /** A fact has come and waits. */
  void arrived(Instant now);

  /**
   * A window was handed over.
   *
   * @param sequence its number, ascending within the model
   * @param shape its size; empty for a consolidation
   */
  void handedOver(long sequence, WindowShape shape, Instant now);

  /** The worker has finished a window. */
  void finished(Report report, Instant now);
}
