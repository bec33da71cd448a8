package dev.emend.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Chooses which steps of a phase are shown: the first, the last, and after a pause those in between
 * that are news. Not thread-safe.
 */
final class Pace {
  private final InstantSource clock;
  private final Duration pause;
  private String phase = "";
  private long done;
  private boolean complete;
  private Instant next = Instant.MIN;

  Pace(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** Whether the step belongs to another phase than the one before. */
  boolean begins(String phase) {
    return !phase.equals(this.phase);
  }

  /** Whether to show this step. */
  boolean shows(String phase, long done, long total) {
    Instant now = clock.instant();
    boolean ends = total > 0 && done >= total;
    boolean stands = complete || done == this.done || (now.isBefore(next) && !ends);
    if (!begins(phase) && stands) {
      return false;
    }
    this.phase = phase;
    this.done = done;
    this.complete = ends;
    this.next = now.plus(pause);
    return true;
  }

  /** Whether the phase shown last is over. */
  boolean complete() {
    return complete;
  }
}
