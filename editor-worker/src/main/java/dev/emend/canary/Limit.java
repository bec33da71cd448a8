package dev.emend.canary;

/**
 * The limits of one score.
 *
 * @param trip a window beyond it fails
 * @param release at least as strict; what a window must reach while the gate is wary
 */
public record Limit(double trip, double release) {
  /** Refuses what is not a number. */
  public Limit {
    if (Double.isNaN(trip) || Double.isNaN(release)) {
      throw new IllegalArgumentException("a limit is a number");
    }
  }

  /** Whether the release is at least as strict as the trip. */
  boolean fits(GateScore score) {
    return score.moreIsBetter() ? release >= trip : release <= trip;
  }

  /** Whether a value is within the limit that holds now; what is not a number never is. */
  boolean allows(GateScore score, double value, boolean wary) {
    double limit = wary ? release : trip;
    return score.moreIsBetter() ? value >= limit : value <= limit;
  }
}
