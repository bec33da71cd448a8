package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.Objects;
import java.util.Set;

/**
 * What was measured on staged weights.
 *
 * @param scores shares, as they travel with the version
 * @param missed ids of the window's facts that do not hold on their own prompt
 */
public record Judgement(CanaryScores scores, Set<String> missed) {
  /** Copies the ids. */
  public Judgement {
    Objects.requireNonNull(scores, "scores");
    missed = Set.copyOf(missed);
  }
}
