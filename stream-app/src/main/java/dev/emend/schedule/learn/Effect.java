package dev.emend.schedule.learn;

/**
 * What a window did to the model, as the worker's canary measured it.
 *
 * @param efficacy facts of the window that became the top answer
 * @param paraphrase likewise on other prompts
 * @param locality neighbour prompts that kept their answer
 * @param retest sampled older facts that still hold
 */
public record Effect(Share efficacy, Share paraphrase, Share locality, Share retest) {
  /** Nothing was measured. */
  public static final Effect UNKNOWN =
      new Effect(Share.UNKNOWN, Share.UNKNOWN, Share.UNKNOWN, Share.UNKNOWN);
}
