package dev.emend.method;

/**
 * Adam (Kingma and Ba, 2015) on one weight, which never leaves a box of {@code bound} around where
 * it started. Not thread-safe.
 */
final class BoundedAdam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final float[] start;
  private final float[] values;
  private final float[] mean;
  private final float[] square;
  private final MethodOptions.Descent options;
  private int steps;

  BoundedAdam(float[] start, MethodOptions.Descent options) {
    this.start = start;
    this.values = start.clone();
    this.mean = new float[start.length];
    this.square = new float[start.length];
    this.options = options;
  }

  /** Moves against the gradient and returns the new values; not a copy. */
  float[] step(float[] gradient) {
    steps++;
    double meanCorrection = 1 - Math.pow(BETA1, steps);
    double rootCorrection = Math.sqrt(1 - Math.pow(BETA2, steps));
    double bound = options.bound();
    for (int i = 0; i < values.length; i++) {
      double g = gradient[i];
      mean[i] = (float) (BETA1 * mean[i] + (1 - BETA1) * g);
      square[i] = (float) (BETA2 * square[i] + (1 - BETA2) * g * g);
      double denominator = Math.sqrt(square[i]) / rootCorrection + EPSILON;
      double moved = values[i] - options.rate() / meanCorrection * mean[i] / denominator;
      values[i] = (float) Math.max(start[i] - bound, Math.min(start[i] + bound, moved));
    }
    return values;
  }
}
