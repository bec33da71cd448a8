package dev.emend.memit;

/** How the target of a fact is searched for. */
public enum TargetMethod {
  /** Adam with the published steps and clamp: the reference's numbers up to rounding. */
  ADAM_EXACT,
  /**
   * Normalised gradient steps, {@code delta -= rate |h0| g / |g|}: fewer steps and templates for
   * equal or better scores.
   */
  NORMALISED
}
