package dev.emend.schedule.learn;

/**
 * By what factor windows now take longer than what was learned of their shapes: a worker gets and
 * loses neighbours, and then all windows change alike. The logarithm follows a random walk (a
 * Kalman filter of one dimension); a sum of surprises on one side (CUSUM, Page 1954) tells a new
 * speed from chance, and then what was known of the old one is dropped at once: a worker that is
 * twice as slow is believed after two windows, while a single stall is not. Not thread-safe.
 */
final class Speed {
  /** Variance that the logarithm gains from one window to the next. */
  private static final double WALK = 1e-3;

  /** Deviations of a single window that count at most. */
  private static final double FAR = 4;

  /** Deviations on one side that are put down to chance, each time. */
  private static final double SLACK = 0.75;

  /** Deviations beyond the slack that are no chance. */
  private static final double ALARM = 4.5;

  private static final double UNKNOWN = 1;

  private double level;
  private double variance;
  private double above;
  private double below;

  /** The speed at which the shapes were learned. */
  Speed() {}

  /**
   * A window took so much longer than its shape lets expect.
   *
   * @param ratio of seconds, above 0
   * @param noise variance of the logarithm of the ratio if the speed stays
   * @return whether the speed is a new one
   */
  boolean observe(double ratio, double noise) {
    double surprise = Math.log(ratio) - level;
    variance += WALK;
    double deviation = Math.sqrt(variance + noise);
    double bounded = clip(surprise / deviation, FAR);
    above = Math.max(0, above + bounded - SLACK);
    below = Math.max(0, below - bounded - SLACK);
    boolean changed = Math.max(above, below) > ALARM;
    if (changed) {
      variance = UNKNOWN;
      above = 0;
      below = 0;
    }
    double gain = variance / (variance + noise);
    level += gain * (changed ? surprise : bounded * deviation);
    variance *= 1 - gain;
    return changed;
  }

  private static double clip(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  /** Seconds of a window over those that its shape lets expect. */
  double factor() {
    return Math.exp(level);
  }

  /** Of the logarithm of the factor. */
  double variance() {
    return variance;
  }

  double[] numbers() {
    return new double[] {level, variance, above, below};
  }

  void restore(double[] all) {
    level = all[0];
    variance = all[1];
    above = all[2];
    below = all[3];
  }
}
