package dev.emend.schedule.learn;

/** The 95 % quantiles that intervals are made of. */
final class Quantile {
  /** Of the normal distribution. */
  static final double NORMAL = 1.6448536269514722;

  private Quantile() {}

  /**
   * Of Student's t, by the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5): within 2
   * % from 3 degrees of freedom on, below that larger than Cauchy's would allow to matter.
   *
   * @param freedom degrees of freedom; less than 1 counts as 1
   */
  static double student(double freedom) {
    double n = Math.max(1, freedom);
    double z = NORMAL;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    return z
        + (z3 + z) / (4 * n)
        + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
        + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
  }
}
