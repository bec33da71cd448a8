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

  /** One prompt of chance is allowed: of 4 facts one may miss although the floor is 0.8. */
  private static boolean above(Share share, double floor) {
    return !share.known() || share.hits() + 1 >= floor * share.asked();
  }
}
