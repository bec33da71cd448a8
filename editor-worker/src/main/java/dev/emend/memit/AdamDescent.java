package dev.emend.memit;

/** Adam (Kingma and Ba, 2015) with the usual constants, followed by the clamp. */
final class AdamDescent implements Descent {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final float[] delta;
  private final float[] mean;
  private final float[] square;
  private final double rate;
  private final double longest;
  private int steps;

  AdamDescent(int width, double rate, double longest) {
    this.delta = new float[width];
    this.mean = new float[width];
    this.square = new float[width];
    this.rate = rate;
    this.longest = longest;
  }

  @Override
  public float[] delta() {
    return delta;
  }

  @Override
  public void step(float[] gradient) {
    steps++;
    double meanCorrection = 1 - Math.pow(BETA1, steps);
    double rootCorrection = Math.sqrt(1 - Math.pow(BETA2, steps));
    for (int i = 0; i < delta.length; i++) {
      double g = gradient[i];
      mean[i] = (float) (BETA1 * mean[i] + (1 - BETA1) * g);
      square[i] = (float) (BETA2 * square[i] + (1 - BETA2) * g * g);
      double denominator = Math.sqrt(square[i]) / rootCorrection + EPSILON;
      delta[i] -= (float) (rate / meanCorrection * mean[i] / denominator);
    }
    Descent.clamp(delta, longest);
  }
}
