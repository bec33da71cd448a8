package dev.emend.worker;

import java.time.Duration;

/** Decides when the weights are to be derived anew. Implementations are thread-safe. */
@FunctionalInterface
public interface ConsolidationPolicy {
  /** Whether to begin now. */
  boolean due(Situation situation);

  /**
   * What the decision rests on.
   *
   * @param windows versions since the last consolidation, or since one was last tried
   * @param facts standing facts
   * @param idle since when no window was edited
   * @param fall by how much the re-test of older facts has fallen below its best since the last
   *     consolidation, 0..1; 0 if unknown
   */
  record Situation(long windows, int facts, Duration idle, double fall) {
    /** Refuses what cannot be. */
    public Situation {
      if (windows < 0 || facts < 0 || idle.isNegative() || !(fall >= 0)) {
        throw new IllegalArgumentException(
            "%d windows, %d facts, idle %s, fall %s".formatted(windows, facts, idle, fall));
      }
    }
  }
}
