package dev.emend.memit;

/**
 * A search along one direction: the normalised gradient at h0 gives it, a few forward passes how
 * far to go. Lengths grow by half, from the step length on, as long as the loss falls and the clamp
 * allows; the best is the target.
 */
final class ScaleSearch implements TargetSearch {
  private static final double GROWTH = 1.5;

  private final HyperParameters numbers;
  private final float[] start;
  private final double startNorm;
  private final float[] direction;
  private float[] delta;
  private double length;
  private double bestLength;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int evaluations;
  private boolean done;

  /**
   * Begins at h0.
   *
   * @param start h0, the hidden state at the subject in the plain prompt, d values
   */
  ScaleSearch(HyperParameters numbers, float[] start) {
    this.numbers = numbers;
    this.start = start;
    this.startNorm = Descent.norm(start);
    this.direction = new float[start.length];
    this.delta = new float[start.length];
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public boolean wantsGradient() {
    return evaluations == 0;
  }

  @Override
  public float[] delta() {
    return delta;
  }

  @Override
  public void evaluated(double dataLoss, float[] gradient) {
    evaluations++;
    double loss = dataLoss + numbers.weightDecay() * length / (startNorm * startNorm);
    boolean better = loss < bestLoss;
    if (better) {
      bestLoss = loss;
      bestLength = length;
    }
    if (evaluations == 1) {
      aim(gradient);
    }
    double longest = numbers.clamp() * startNorm;
    boolean last =
        !Double.isFinite(loss)
            || !better
            || loss < numbers.lossStop()
            || evaluations >= numbers.steps()
            || length >= longest;
    if (last && evaluations > 1) {
      done = true;
      moveTo(bestLength);
    } else {
      double next = length == 0 ? numbers.learningRate() * startNorm : GROWTH * length;
      moveTo(Math.min(longest, next));
    }
  }

  private void aim(float[] gradient) {
    double norm = Descent.norm(gradient);
    for (int i = 0; i < direction.length && norm > 0; i++) {
      direction[i] = (float) (-gradient[i] / norm);
    }
  }

  private void moveTo(double newLength) {
    length = newLength;
    delta = new float[direction.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) (length * direction[i]);
    }
  }

  @Override
  public Target target() {
    return TargetSearch.target(start, delta, bestLoss, evaluations);
  }
}
