package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import java.util.List;
import java.util.Objects;

/**
 * What the weights now hold for one fact.
 *
 * @param factId the fact
 * @param target what was asked of the hidden state at layer L
 * @param layers key and value of each edited layer, ascending: what the ledger keeps
 */
public record EditedFact(String factId, Target target, List<LayerPair> layers) {
  /** Copies the list. */
  public EditedFact {
    Objects.requireNonNull(factId, "factId");
    Objects.requireNonNull(target, "target");
    layers = List.copyOf(layers);
  }
}
