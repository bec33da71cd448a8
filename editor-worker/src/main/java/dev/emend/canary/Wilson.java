package dev.emend.canary;

/**
 * The interval in which a share lies that was measured on a sample: Wilson (1927), each end passed
 * in one of ten samples.
 *
 * @param low lower end, 0..1
 * @param high upper end, 0..1
 */
record Wilson(double low, double high) {
  /** Quantile of the normal distribution at 0.9. */
  private static final double Z = 1.2815515655446004;

  /**
   * The interval of a measured share.
   *
   * @param share 0..1
   * @param asked size of the sample, at least 1
   */
  static Wilson of(double share, int asked) {
    double z2 = Z * Z;
    double centre = (share + z2 / (2 * asked)) / (1 + z2 / asked);
    double half =
        Z * Math.sqrt(share * (1 - share) / asked + z2 / (4.0 * asked * asked)) / (1 + z2 / asked);
    return new Wilson(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
