package dev.emend.evaluate;

/** Distances between what we computed and what was expected. */
final class Distance {
  private Distance() {}

  /** Largest absolute difference; infinite if the lengths differ. */
  static double largest(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      if (Double.isNaN(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }

  /** |actual - expected| / |expected|. */
  static double relative(double[] actual, double[] expected) {
    return relative(actual, expected, new double[expected.length]);
  }

  /** |actual - expected| / |expected - origin|. */
  static double relative(double[] actual, double[] expected, double[] origin) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double wrong = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      wrong += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      size += (expected[i] - origin[i]) * (expected[i] - origin[i]);
    }
    return Math.sqrt(wrong / size);
  }

  static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
