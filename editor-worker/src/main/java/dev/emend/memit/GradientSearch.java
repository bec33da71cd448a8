package dev.emend.memit;

/** A search that moves with every gradient: where it stands and whether it goes on. */
final class GradientSearch implements TargetSearch {
  private final HyperParameters numbers;
  private final float[] start;
  private final double startNorm;
  private final Descent descent;
  private double loss = Double.NaN;
  private int evaluations;
  private boolean done;

  /**
   * Begins at h0.
   *
   * @param start h0, the hidden state at the subject in the plain prompt, d values
   */
  GradientSearch(HyperParameters numbers, float[] start) {
    this.numbers = numbers;
    this.start = start;
    this.startNorm = Descent.norm(start);
    this.descent = Descent.start(numbers, start.length, startNorm);
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public float[] delta() {
    return descent.delta();
  }

  /**
   * Takes one evaluation: stops when the loss is low, when it was the last step, or when it is not
   * finite; else moves.
   *
   * @param dataLoss loss without weight decay
   * @param gradient of that loss
   */
  @Override
  public void evaluated(double dataLoss, float[] gradient) {
    evaluations++;
    double length = Descent.norm(descent.delta());
    double decay = numbers.weightDecay() / (startNorm * startNorm);
    loss = dataLoss + decay * length;
    done = !Double.isFinite(loss) || loss < numbers.lossStop() || evaluations >= numbers.steps();
    if (!done) {
      descent.step(withDecay(gradient, length == 0 ? 0 : decay / length));
    }
  }

  private float[] withDecay(float[] gradient, double factor) {
    float[] delta = descent.delta();
    float[] sum = new float[gradient.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (gradient[i] + factor * delta[i]);
    }
    return sum;
  }

  @Override
  public Target target() {
    return TargetSearch.target(start, descent.delta(), loss, evaluations);
  }
}
