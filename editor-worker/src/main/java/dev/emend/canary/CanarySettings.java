package dev.emend.canary;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How much a window is asked.
 *
 * @param olderFacts how many older facts are tested again, at least 0
 * @param maxParaphrases most paraphrase prompts a window, drawn if there are more; at least 0
 * @param maxNeighbours most neighbour prompts a window, drawn if there are more; at least 0
 * @param driftTokens how many tokens of plain text are read before and after; at least 0
 * @param driftText the text; the one that comes with Emend if there is none
 * @param seed decides which are drawn
 */
public record CanarySettings(
    int olderFacts,
    int maxParaphrases,
    int maxNeighbours,
    int driftTokens,
    Optional<Path> driftText,
    long seed) {
  /** 16 older facts, 200 paraphrases, 200 neighbours, 128 tokens. */
  public static final CanarySettings DEFAULT =
      new CanarySettings(16, 200, 200, 128, Optional.empty(), 17);

  /** Refuses negative numbers. */
  public CanarySettings {
    Objects.requireNonNull(driftText, "driftText");
    if (olderFacts < 0 || maxParaphrases < 0 || maxNeighbours < 0 || driftTokens < 0) {
      throw new IllegalArgumentException("a canary cannot ask fewer than 0 questions");
    }
  }
}
