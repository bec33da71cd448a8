package dev.emend.schedule.learn;

/**
 * What a window weighs for the worker.
 *
 * @param facts facts edited together, at least 0; 0 for a worker that rests
 * @param tokens tokens of all prompts with their objects
 * @param longest tokens of the longest prompt with its object
 */
public record WindowLoad(int facts, double tokens, double longest) {

  /** Refuses negative numbers. */
  public WindowLoad {
    if (facts < 0 || !(tokens >= 0) || !(longest >= 0)) {
      throw new IllegalArgumentException(
          "no window has %d facts, %s tokens, %s in one".formatted(facts, tokens, longest));
    }
  }
}
