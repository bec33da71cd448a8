package dev.emend.schedule.simulate;

import java.time.Duration;

/**
 * What surrounds the scheduler in a simulation.
 *
 * @param tick how often the stream looks at the clock
 * @param transit from closing a window to its arrival at the worker
 * @param answer from the end of an edit to its feedback at the stream
 * @param noise standard deviation of the logarithm of a window's time
 */
public record Setting(Duration tick, Duration transit, Duration answer, double noise) {
  /** As seen with the embedded stack: a commit interval of 100 ms on either way. */
  public static final Setting STANDARD =
      new Setting(Duration.ofMillis(50), Duration.ofMillis(120), Duration.ofMillis(80), 0.1);
}
