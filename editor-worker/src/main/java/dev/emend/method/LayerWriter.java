package dev.emend.method;

import dev.emend.delta.ExactUpdate;
import dev.emend.linalg.Matrix;
import dev.emend.memit.EditRequest;
import dev.emend.memit.FactProbe;
import dev.emend.memit.StagedLayer;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import java.util.List;

/**
 * MEMIT's layer loop with a gain of the caller's choice: layers ascending, keys K and hidden states
 * H read from the weights as they are by then, {@code R = (Z - H) / layers left}, {@code W += R
 * gain(K)^T}. One thread.
 */
public final class LayerWriter {
  private final Decoder decoder;
  private final FactProbe probe;
  private final List<Integer> layers;

  /** A writer to these layers, ascending, the last of which is that of the targets. */
  public LayerWriter(Decoder decoder, FactProbe probe, List<Integer> layers) {
    this.decoder = decoder;
    this.probe = probe;
    this.layers = List.copyOf(layers);
  }

  /** What a method makes of the keys of a layer. */
  @FunctionalInterface
  public interface Gain {
    /** The gain, d_in x u, of keys of that shape; a new matrix. */
    Matrix of(int layer, Matrix keys);
  }

  /** Writes the facts with targets Z, d x u. */
  public void write(
      StagedWeights stage, List<EditRequest.Assert> facts, Matrix targets, Gain gains) {
    int last = layers.get(layers.size() - 1);
    for (int i = 0; i < layers.size(); i++) {
      int layer = layers.get(i);
      try (Matrix keys = probe.keys(facts, layer);
          Matrix residual = targets.copy();
          Matrix hidden = probe.hidden(facts, last);
          Matrix gain = gains.of(layer, keys)) {
        residual.add(-1, hidden);
        residual.scale(1.0 / (layers.size() - i));
        new StagedLayer(stage, decoder.downProjection(layer), ExactUpdate.sequential())
            .add(residual, gain);
      }
    }
  }
}
