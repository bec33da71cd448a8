package dev.emend.model;

/**
 * The factor on a loss that keeps its gradient within the range of {@link Precision#FP16}. A
 * gradient that leaves the range is thrown away, the factor is halved, and the loss is read once
 * more; a factor of 1 accepts everything. Not thread-safe.
 */
public final class LossScale {
  private double value;

  private LossScale(double value) {
    this.value = value;
  }

  /** The scale that a precision begins with; 1 where it needs none. */
  public static LossScale of(Precision precision) {
    return new LossScale(precision.lossScale());
  }

  /** The factor by which to multiply the next loss. */
  public double value() {
    return value;
  }

  /**
   * Takes the gradient of a loss that was multiplied by {@link #value()}: divides it by the factor
   * in place, or halves the factor and returns false if it has left the range.
   */
  public boolean accepts(float[] gradient) {
    if (value > 1 && !isFinite(gradient)) {
      value = Math.max(1, value / 2);
      return false;
    }
    for (int i = 0; value > 1 && i < gradient.length; i++) {
      gradient[i] = (float) (gradient[i] / value);
    }
    return true;
  }

  private static boolean isFinite(float[] gradient) {
    for (float v : gradient) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    return true;
  }
}
