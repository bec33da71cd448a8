package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import java.util.Objects;

/**
 * What the hidden state at layer L should become for one fact.
 *
 * @param z target, d values
 * @param loss of the last evaluation, weight decay included
 * @param evaluations how often the loss was evaluated
 */
public record Target(FloatVector z, double loss, int evaluations) {
  /** Refuses null. */
  public Target {
    Objects.requireNonNull(z, "z");
  }

  /** Whether all values are finite numbers. */
  public boolean isFinite() {
    for (float value : z.toArray()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
