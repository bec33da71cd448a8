package dev.emend.weights;

/**
 * What of a change is lost when changed values are stored with fewer bits.
 *
 * @param changed values that differ from those of the base model
 * @param lost those among them that are stored as if they had not changed
 * @param errorSquared sum of squares of what is stored less what should be
 * @param changeSquared sum of squares of the change
 */
public record RoundingLoss(long changed, long lost, double errorSquared, double changeSquared) {
  /** Nothing changed, nothing lost. */
  public static final RoundingLoss NONE = new RoundingLoss(0, 0, 0, 0);

  /**
   * Compares one tensor.
   *
   * @param base values before the change
   * @param wanted values after it
   * @param stored what was stored of them
   * @param dtype type they are stored in
   */
  public static RoundingLoss of(float[] base, float[] wanted, float[] stored, Dtype dtype) {
    long changed = 0;
    long lost = 0;
    double error = 0;
    double change = 0;
    for (int i = 0; i < base.length; i++) {
      change += square(wanted[i], base[i]);
      error += square(stored[i], wanted[i]);
      if (wanted[i] != base[i]) {
        changed++;
        lost += stored[i] == asStored(base[i], dtype) ? 1 : 0;
      }
    }
    return new RoundingLoss(changed, lost, error, change);
  }

  private static float asStored(float value, Dtype dtype) {
    return dtype == Dtype.F32
        ? value
        : HalfPrecision.from(Rounding.NEAREST.round(value, dtype), dtype);
  }

  private static double square(float a, float b) {
    return ((double) a - b) * ((double) a - b);
  }

  /** This and the loss of another tensor. */
  public RoundingLoss plus(RoundingLoss other) {
    return new RoundingLoss(
        changed + other.changed,
        lost + other.lost,
        errorSquared + other.errorSquared,
        changeSquared + other.changeSquared);
  }

  /** Share of the changed values that are stored unchanged; 0 if none changed. */
  public double lostShare() {
    return changed == 0 ? 0 : (double) lost / changed;
  }

  /** Length of the rounding error relative to that of the change; 0 if nothing changed. */
  public double relativeError() {
    return changeSquared == 0 ? 0 : Math.sqrt(errorSquared / changeSquared);
  }
}
