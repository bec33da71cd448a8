package dev.emend.memit;

/** How the target of a fact is searched for. */
public enum TargetMethod {
  /** Adam with the published steps and clamp: the reference's numbers up to rounding. */
  ADAM_EXACT,
  /**
   * Normalised gradient steps, {@code delta -= rate |h0| g / |g|}: fewer steps and templates for
   * equal or better scores.
   */
  NORMALISED,
  /**
   * One gradient at h0, scaled by how large each of its values is over the facts so far, gives the
   * direction of the delta; a few evaluations without gradients give its length.
   */
  ONE_STEP
}
