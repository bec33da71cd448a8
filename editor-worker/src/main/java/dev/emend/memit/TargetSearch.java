package dev.emend.memit;

import dev.emend.ledger.FloatVector;

/**
 * The search for one fact's target: where it stands and whether it goes on. Told of one evaluation
 * after the other, at the delta that it names. Not thread-safe; one fact owns one.
 */
sealed interface TargetSearch permits GradientSearch, ScaleSearch {
  /** A search that begins at h0, the hidden state at the subject in the plain prompt. */
  static TargetSearch start(HyperParameters numbers, float[] start) {
    return switch (numbers.method()) {
      case ADAM_EXACT, NORMALISED -> new GradientSearch(numbers, start);
      case ONE_STEP -> new ScaleSearch(numbers, start);
    };
  }

  /** Whether it has ended. */
  boolean done();

  /** Whether it wants the gradient of its next evaluation. */
  boolean wantsGradient();

  /** Where the next evaluation is to be, d values; once done, what was found. Not a copy. */
  float[] delta();

  /**
   * Takes one evaluation.
   *
   * @param dataLoss loss without weight decay
   * @param gradient of that loss; empty if it was not wanted
   */
  void evaluated(double dataLoss, float[] gradient);

  /** What it came to. */
  Target target();

  /** {@code z = h0 + delta}. */
  static Target target(float[] start, float[] delta, double loss, int evaluations) {
    float[] z = start.clone();
    for (int i = 0; i < z.length; i++) {
      z[i] += delta[i];
    }
    return new Target(FloatVector.of(z), loss, evaluations);
  }
}
