package dev.emend.memit;

/** Steps of one fixed length along the negative gradient, followed by the clamp. */
final class NormalisedDescent implements Descent {
  private final float[] delta;
  private final double length;
  private final double longest;

  NormalisedDescent(int width, double length, double longest) {
    this.delta = new float[width];
    this.length = length;
    this.longest = longest;
  }

  @Override
  public float[] delta() {
    return delta;
  }

  @Override
  public void step(float[] gradient) {
    double norm = Descent.norm(gradient);
    if (norm == 0) {
      return;
    }
    for (int i = 0; i < delta.length; i++) {
      delta[i] -= (float) (length * gradient[i] / norm);
    }
    Descent.clamp(delta, longest);
  }
}
