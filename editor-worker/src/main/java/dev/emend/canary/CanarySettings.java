package dev.emend.canary;

/**
 * How much a window is asked.
 *
 * @param olderFacts how many older facts are tested again, at least 0
 * @param maxParaphrases most paraphrase prompts a window, drawn if there are more; at least 0
 * @param maxNeighbours most neighbour prompts a window, drawn if there are more; at least 0
 * @param seed decides, with the window's id, which are drawn
 */
public record CanarySettings(int olderFacts, int maxParaphrases, int maxNeighbours, long seed) {
  /** 16 older facts, 200 paraphrases and 200 neighbours. */
  public static final CanarySettings DEFAULT = new CanarySettings(16, 200, 200, 17);

  /** Refuses negative numbers. */
  public CanarySettings {
    if (olderFacts < 0 || maxParaphrases < 0 || maxNeighbours < 0) {
      throw new IllegalArgumentException("a canary cannot ask fewer than 0 questions");
    }
  }
}
