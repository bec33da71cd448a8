package dev.emend.canary;

import java.util.List;

/**
 * How likely a model finds each token of a text, at each place with all that could stand there
 * instead. Immutable.
 */
public final class TextReading {
  /** Of no text. */
  public static final TextReading NONE = new TextReading(new float[0][], new int[0]);

  private final float[][] logProbabilities;
  private final int[] tokens;

  private TextReading(float[][] logProbabilities, int[] tokens) {
    this.logProbabilities = logProbabilities;
    this.tokens = tokens;
  }

  /**
   * A reading.
   *
   * @param logProbabilities natural logarithms [places][vocabulary], each row a distribution
   * @param tokens what stands there
   */
  public static TextReading of(List<float[]> logProbabilities, List<Integer> tokens) {
    if (logProbabilities.size() != tokens.size()) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens at " + logProbabilities.size() + " places");
    }
    return new TextReading(
        logProbabilities.stream().map(float[]::clone).toArray(float[][]::new),
        tokens.stream().mapToInt(Integer::intValue).toArray());
  }

  /** How many tokens were read. */
  public int size() {
    return tokens.length;
  }

  /** {@code exp} of the mean of {@code -log p(token)}; of no text it is not a number. */
  public double perplexity() {
    double sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      sum -= logProbabilities[i][tokens[i]];
    }
    return Math.exp(sum / tokens.length);
  }

  /**
   * Mean of {@code KL(this || other)} over the places, in nats; of no text it is not a number.
   *
   * @param other of the same text by a model of the same vocabulary
   */
  public double divergenceOf(TextReading other) {
    if (other.tokens.length != tokens.length) {
      throw new IllegalArgumentException(
          "a text of " + tokens.length + " tokens and one of " + other.tokens.length);
    }
    double sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      sum += divergence(logProbabilities[i], other.logProbabilities[i]);
    }
    return sum / tokens.length;
  }

  private static double divergence(float[] p, float[] q) {
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      sum += Math.exp(p[j]) * (p[j] - q[j]);
    }
    return sum;
  }
}
