package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was measured on staged weights.
 *
 * @param scores shares, as they travel with the version
 * @param missed ids of the window's facts that do not hold on their own prompt
 * @param neighbourhoods how many neighbours of each fact stay, by fact id in order
 * @param text the reading of the drift text
 */
public record Judgement(
    CanaryScores scores, Set<String> missed, Map<String, Kept> neighbourhoods, TextReading text) {
  /** Copies. */
  public Judgement {
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(text, "text");
    missed = Set.copyOf(missed);
    neighbourhoods = Collections.unmodifiableMap(new TreeMap<>(neighbourhoods));
  }

  /** Facts that do not hold, or most of whose neighbours moved: the first to be suspected. */
  public Set<String> suspects() {
    Set<String> suspects = new HashSet<>(missed);
    neighbourhoods.forEach(
        (factId, kept) -> {
          if (kept.share() < 0.5) {
            suspects.add(factId);
          }
        });
    return suspects;
  }
}
