package dev.emend.memit;

/** How the target of a fact is searched for. */
public enum TargetMethod {
  /** Adam with the published steps and clamp: the reference's numbers up to rounding. */
  ADAM_EXACT(Integer.MAX_VALUE),
  /**
   * Normalised gradient steps, {@code delta -= rate |h0| g / |g|}: fewer steps and templates for
   * equal or better scores.
   */
  NORMALISED(TargetMethod.PART),
  /**
   * One gradient at h0, scaled by how large each of its values is over the facts so far, gives the
   * direction of the delta; a few evaluations without gradients give its length.
   */
  ONE_STEP(TargetMethod.PART);

  private static final int PART = 100;

  private final int together;

  TargetMethod(int together) {
    this.together = together;
  }

  /**
   * Most facts of a window whose targets are searched before any of them is written; a larger
   * window is edited in parts on one stage. A target that was searched on the model as the facts
   * before it left it makes up for what they do to it, so large windows come out as small ones do.
   * The published recipe searches all of a window on the model as it was.
   */
  int together() {
    return together;
  }
}
