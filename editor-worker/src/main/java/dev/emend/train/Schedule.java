package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/**
 * The learning rate over the steps: a linear warm-up, a plateau, and a linear decay to zero that
 * ends with the last step. Because the plateau does not depend on the length, a run may be
 * continued, or ended sooner, with another number of steps.
 *
 * @param steps number of updates
 * @param warmup steps of the rise
 * @param decay steps of the fall
 * @param peak learning rate on the plateau
 */
public record Schedule(int steps, int warmup, int decay, double peak) {
  /** Checks that rise and fall fit. */
  public Schedule {
    if (steps < 1 || warmup < 0 || decay < 0 || (long) warmup + decay > steps || !(peak > 0)) {
      throw new Fault(
          FaultCode.USAGE,
          "steps " + steps + " cannot hold a warm-up of " + warmup + " and a decay of " + decay);
    }
  }

  /** A schedule with a sixteenth of the steps as warm-up and four ninths as decay. */
  public static Schedule of(int steps, double peak) {
    return new Schedule(steps, steps / 16, steps * 4 / 9, peak);
  }

  /** The learning rate of a step, counted from 0. */
  public double rate(int step) {
    double rise = step < warmup ? (step + 1.0) / (warmup + 1.0) : 1;
    int left = steps - step;
    double fall = left <= decay ? left / (decay + 1.0) : 1;
    return peak * Math.min(rise, fall);
  }
}
