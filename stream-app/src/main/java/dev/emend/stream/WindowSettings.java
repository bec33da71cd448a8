package dev.emend.stream;

import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import java.time.Duration;

/**
 * How windows are closed.
 *
 * @param cap the most that a window may hold
 * @param linger how long a change waits for company though the worker is idle
 * @param maxStaleness how long a change may wait while the worker is busy
 * @param changeSetTimeout how long the members of a change set wait for each other
 * @param capacity facts that may wait in one task
 * @param tick how often the scheduler and the calendar look at the clock
 * @param sizing what is learned, from where, and what for
 */
public record WindowSettings(
    WindowCap cap,
    Duration linger,
    Duration maxStaleness,
    Duration changeSetTimeout,
    int capacity,
    Duration tick,
    SizingSettings sizing) {

  /** What the scheduler of each model aims at. */
  Objectives objectives() {
    return new Objectives(
        cap,
        linger,
        maxStaleness,
        sizing.floors(),
        sizing.memory(),
        sizing.firstFacts(),
        sizing.consolidation());
  }
}
