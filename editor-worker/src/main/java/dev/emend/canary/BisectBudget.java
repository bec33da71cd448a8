package dev.emend.canary;

import java.time.Duration;

/**
 * How much a bisection may cost.
 *
 * @param edits most trial edits; 0 for no bisection
 * @param time no trial begins after that long
 */
public record BisectBudget(int edits, Duration time) {
  /** 24 trials within a minute: one culprit among 1,000 without suspicion takes about 20. */
  public static final BisectBudget DEFAULT = new BisectBudget(24, Duration.ofMinutes(1));

  /** A window that fails is refused as a whole. */
  public static final BisectBudget NONE = new BisectBudget(0, Duration.ZERO);

  /** Refuses negative numbers. */
  public BisectBudget {
    if (edits < 0 || time.isNegative()) {
      throw new IllegalArgumentException("a budget of " + edits + " edits and " + time);
    }
  }
}
