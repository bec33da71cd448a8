package dev.emend.memit;

/** How much work a target gets. */
public enum EditMode {
  /** The published recipe of the model's family: the reference's numbers up to rounding. */
  EXACT,
  /** Normalised gradient steps from fewer templates: a fraction of the work. */
  FAST;

  private static final int FAST_STEPS = 10;
  private static final double FAST_LENGTH = 0.5;
  private static final double FAST_CLAMP = 3;
  private static final int FAST_TEMPLATES = 3;

  /** The mode whose search this is. */
  public static EditMode of(TargetMethod search) {
    return switch (search) {
      case ADAM_EXACT -> EXACT;
      case NORMALISED -> FAST;
    };
  }

  /**
   * The numbers of a model in this mode. What belongs to the model and not to the search stays:
   * layers, lambda, and numbers that were found for the same search.
   *
   * @param given the model's own numbers
   * @param family those published for its family
   */
  public HyperParameters of(HyperParameters given, HyperParameters family) {
    TargetMethod wanted = this == EXACT ? TargetMethod.ADAM_EXACT : TargetMethod.NORMALISED;
    if (given.method() == wanted) {
      return given;
    }
    return this == EXACT
        ? with(
            given,
            family.steps(),
            family.learningRate(),
            family.clamp(),
            family.templates(),
            wanted)
        : with(given, FAST_STEPS, FAST_LENGTH, FAST_CLAMP, FAST_TEMPLATES, wanted);
  }

  private static HyperParameters with(
      HyperParameters given,
      int steps,
      double rate,
      double clamp,
      int templates,
      TargetMethod method) {
    return new HyperParameters(
        given.layers(),
        steps,
        rate,
        given.lambda(),
        clamp,
        given.weightDecay(),
        given.klFactor(),
        given.lossStop(),
        templates,
        method);
  }
}
