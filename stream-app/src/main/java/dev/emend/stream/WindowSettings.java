package dev.emend.stream;

import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.Optional;

/**
 * How windows are closed.
 *
 * @param cap the most that a window may hold
 * @param linger how long a change waits for company though the worker is idle
 * @param maxStaleness how long a change may wait while the worker is busy
 * @param changeSetTimeout how long the members of a change set wait for each other
 * @param tick how often the scheduler and the calendar look at the clock
 * @param floors what a window must at least do to the model
 * @param memory the most that the worker may need, bytes; empty for no budget
 * @param firstFacts the largest window while nothing has been learned
 * @param slots windows that may be in work at once over all models; 0 for any number
 * @param consolidation when a model is derived anew
 * @param calibration what is known of the worker before it has edited anything
 */
public record WindowSettings(
    WindowCap cap,
    Duration linger,
    Duration maxStaleness,
    Duration changeSetTimeout,
    Duration tick,
    Floors floors,
    Optional<ByteSize> memory,
    int firstFacts,
    int slots,
    ConsolidationRule consolidation,
    LearnedState calibration) {

  /** What the scheduler of each model aims at. */
  Objectives objectives() {
    return new Objectives(cap, linger, maxStaleness, floors, memory, firstFacts, consolidation);
  }
}
