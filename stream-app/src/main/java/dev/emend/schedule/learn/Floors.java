package dev.emend.schedule.learn;

/**
 * What a window must at least do to the model.
 *
 * @param efficacy least share of its facts that become the top answer, 0..1
 * @param locality least share of neighbour prompts that keep their answer, 0..1
 */
public record Floors(double efficacy, double locality) {
  /** No floor. */
  public static final Floors NONE = new Floors(0, 0);

  /** Refuses what is no share. */
  public Floors {
    if (!(efficacy >= 0 && efficacy <= 1 && locality >= 0 && locality <= 1)) {
      throw new IllegalArgumentException(
          "floors are shares from 0 to 1, not %s and %s".formatted(efficacy, locality));
    }
  }

  /** Whether what was measured lies above; what was not asked does. */
  boolean metBy(Effect effect) {
    return above(effect.efficacy(), efficacy) && above(effect.locality(), locality);
  }

  /**
   * Chance is allowed for, one prompt and what 19 of 20 windows do not exceed: else every second
   * window of a size that just keeps the floor would speak against it.
   */
  private static boolean above(Share share, double floor) {
    double deviation = Math.sqrt(share.asked() * floor * (1 - floor));
    double chance = 1 + Quantile.NORMAL * deviation;
    return !share.known() || share.hits() + chance >= floor * share.asked();
  }
}
