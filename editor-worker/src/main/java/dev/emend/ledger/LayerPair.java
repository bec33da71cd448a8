package dev.emend.ledger;

import java.util.Objects;

/**
 * What one edited layer holds for a fact.
 *
 * @param layer index of the layer, at least 0
 * @param key k, d_in values
 * @param value what the update added for this key: W_new k - W_old k, d_out values
 */
public record LayerPair(int layer, FloatVector key, FloatVector value) {
  /** Refuses a negative layer. */
  public LayerPair {
    if (layer < 0) {
      throw new IllegalArgumentException("a layer index is at least 0, not " + layer);
    }
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
