package dev.emend.schedule;

import java.time.Instant;
import java.util.Optional;

/** A read-only view of what waits for a window of one model. */
public interface Backlog {

  /** Facts that may go: all but those held back by an incomplete change set. */
  int ready();

  /** Size of the records of those that may go, bytes. */
  long readyBytes();

  /** Facts held back by an incomplete change set. */
  int held();

  /** When the fact whose turn is next began to wait; empty if none is ready. */
  Optional<Instant> oldest();

  /** Since when the ready facts wait, in the order of their turns. */
  Iterable<Instant> waitingSince();

  /** What a window with this cap would take now. */
  Preview preview(WindowCap cap);

  /**
   * A window that is not taken yet.
   *
   * @param shape its size
   * @param guarded whether it would be larger but for the cap's guard
   */
  record Preview(WindowShape shape, boolean guarded) {}

  /** Whether a ready fact wants to go at once. */
  boolean hasUrgent();

  /** Whether the members of a complete change set are ready. */
  boolean hasChangeSet();
}
