package dev.emend.schedule;

import dev.emend.schedule.learn.Floors;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.Optional;

/**
 * What the scheduler of a model aims at. What matters first: the caps, which hold whatever is
 * learned.
 *
 * @param cap the most that a window may ever hold
 * @param linger the longest that a fact waits for company though the worker is idle
 * @param maxStaleness how long a fact may wait while the worker is busy
 * @param floors what a window must at least do to the model
 * @param memory the most that the worker may need, bytes; empty for no budget
 * @param firstWindow the largest window while nothing has been learned, at least 1
 * @param consolidation when the model is derived anew
 */
public record Objectives(
    WindowCap cap,
    Duration linger,
    Duration maxStaleness,
    Floors floors,
    Optional<ByteSize> memory,
    int firstWindow,
    ConsolidationRule consolidation) {

  /** Refuses a first window without room and a linger above the staleness. */
  public Objectives {
    if (firstWindow < 1) {
      throw new IllegalArgumentException("the first window must hold a fact, not " + firstWindow);
    }
    if (linger.isNegative() || maxStaleness.compareTo(linger) < 0) {
      throw new IllegalArgumentException(
          "a fact cannot wait %s for company and at most %s".formatted(linger, maxStaleness));
    }
  }
}
