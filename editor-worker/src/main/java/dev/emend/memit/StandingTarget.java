package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.StandingFact;
import java.util.Objects;

/**
 * A fact that stands in the weights and the target it was written with: all that is needed to write
 * it again without another search.
 *
 * @param fact what the model was told
 * @param layer L, the layer whose hidden state the target is for; -1 if the fact has no pairs
 * @param target z, what the hidden state at layer L was to become, d values
 */
public record StandingTarget(EditRequest.Assert fact, int layer, FloatVector target) {
  /** Refuses null. */
  public StandingTarget {
    Objects.requireNonNull(fact, "fact");
    Objects.requireNonNull(target, "target");
  }

  /** What a ledger's fact says; L is the last of its layers. */
  static StandingTarget of(StandingFact fact) {
    int pairs = fact.layers().size();
    return new StandingTarget(
        new EditRequest.Assert(fact.factId(), fact.prompt(), fact.subject(), fact.object()),
        pairs == 0 ? -1 : fact.layers().get(pairs - 1).layer(),
        fact.target());
  }

  /** Subject|relation. */
  public String factId() {
    return fact.factId();
  }
}
