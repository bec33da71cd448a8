package dev.emend.memit;

import java.time.Duration;

/**
 * Wall time of one window by phase.
 *
 * @param targets target optimisation
 * @param keys reading keys and hidden states
 * @param solve fp64 algebra
 * @param apply writing weights
 * @param total from the first to the last of them, what lies between included
 */
public record PhaseTimes(
    Duration targets, Duration keys, Duration solve, Duration apply, Duration total) {

  /** No time at all. */
  public static final PhaseTimes ZERO =
      new PhaseTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Each time multiplied by a factor. */
  public PhaseTimes scaled(double factor) {
    return new PhaseTimes(
        scaled(targets, factor),
        scaled(keys, factor),
        scaled(solve, factor),
        scaled(apply, factor),
        scaled(total, factor));
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofNanos(Math.round(time.toNanos() * factor));
  }

  /** The sum, phase by phase. */
  public PhaseTimes plus(PhaseTimes other) {
    return new PhaseTimes(
        targets.plus(other.targets),
        keys.plus(other.keys),
        solve.plus(other.solve),
        apply.plus(other.apply),
        total.plus(other.total));
  }
}
