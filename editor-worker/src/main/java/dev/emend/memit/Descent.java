package dev.emend.memit;

/**
 * The optimiser state of one fact's delta: a vector of d values that starts at zero. Not
 * thread-safe; one fact owns one.
 */
sealed interface Descent permits AdamDescent, NormalisedDescent {
  /** The current delta itself, not a copy. */
  float[] delta();

  /** Moves the delta by one step against {@code gradient} (d values) and clamps its length. */
  void step(float[] gradient);

  /** A fresh state for a fact whose hidden state at the subject has the length {@code norm}. */
  static Descent start(HyperParameters numbers, int width, double norm) {
    double longest = numbers.clamp() * norm;
    return switch (numbers.method()) {
      case ADAM_EXACT -> new AdamDescent(width, numbers.learningRate(), longest);
      case ONE_STEP -> throw new IllegalArgumentException("a search along one line descends not");
      case NORMALISED -> new NormalisedDescent(width, numbers.learningRate() * norm, longest);
    };
  }

  /** Scales {@code delta} down to the length {@code longest} if it is longer. */
  static void clamp(float[] delta, double longest) {
    double norm = norm(delta);
    if (norm > longest) {
      float factor = (float) (longest / norm);
      for (int i = 0; i < delta.length; i++) {
        delta[i] *= factor;
      }
    }
  }

  /** Euclidean length. */
  static double norm(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
