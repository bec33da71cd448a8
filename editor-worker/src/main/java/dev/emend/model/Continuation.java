package dev.emend.model;

import dev.emend.token.TokenIds;

/**
 * A text whose probability after a prompt is asked for.
 *
 * @param prompt what comes before
 * @param target what is scored
 */
public record Continuation(TokenIds prompt, TokenIds target) {
  /** Neither part may be empty. */
  public Continuation {
    if (prompt.isEmpty() || target.isEmpty()) {
      throw new IllegalArgumentException("empty prompt or target");
    }
  }

  /**
   * How likely a continuation is under the model, read with the true tokens before each.
   *
   * @param logProbability sum over its tokens of the natural logarithm of their probability
   * @param tokens number of its tokens
   * @param hits number of its tokens that were the likeliest
   */
  public record Score(double logProbability, int tokens, int hits) {
    /** Mean over the tokens. */
    public double meanLogProbability() {
      return logProbability / tokens;
    }

    /** Whether every token was the likeliest, so that greedy generation would give it. */
    public boolean isGreedy() {
      return hits == tokens;
    }
  }
}
