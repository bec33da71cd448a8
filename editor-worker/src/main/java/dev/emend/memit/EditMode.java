package dev.emend.memit;

import java.util.Locale;

/** How much work a target gets. */
public enum EditMode {
  /** The published recipe of the model's family: the reference's numbers up to rounding. */
  EXACT,
  /** Normalised gradient steps from fewer templates: a fraction of the work. */
  FAST,
  /** One gradient and a few forward passes: the least work. */
  ONE_STEP;

  private static final int FAST_STEPS = 10;
  private static final double FAST_LENGTH = 0.5;
  private static final double FAST_CLAMP = 3;
  private static final int FAST_TEMPLATES = 3;
  private static final int ONE_STEPS = 5;
  private static final double ONE_LENGTH = 1;
  private static final double ONE_CLAMP = 4;
  private static final int ONE_TEMPLATES = 1;

  /**
   * The mode of a name, whatever its case, with '-' or '_' between its words.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EditMode named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The mode whose search this is. */
  public static EditMode of(TargetMethod search) {
    return switch (search) {
      case ADAM_EXACT -> EXACT;
      case NORMALISED -> FAST;
      case ONE_STEP -> ONE_STEP;
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
    if (of(given.method()) == this) {
      return given;
    }
    return switch (this) {
      case EXACT ->
          with(
              given,
              family.steps(),
              family.learningRate(),
              family.clamp(),
              family.templates(),
              TargetMethod.ADAM_EXACT);
      case FAST ->
          with(given, FAST_STEPS, FAST_LENGTH, FAST_CLAMP, FAST_TEMPLATES, TargetMethod.NORMALISED);
      case ONE_STEP ->
          // At h0 the divergence has no gradient yet, and reading it costs a pass over the
          // vocabulary.
          with(given, ONE_STEPS, ONE_LENGTH, ONE_CLAMP, ONE_TEMPLATES, TargetMethod.ONE_STEP)
              .withLoss(0, given.lossStop());
    };
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
