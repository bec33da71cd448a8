package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The closed-form update, layers ascending. With keys K (d_in x u), targets Z and hidden states H
 * at layer L (d x u) read from the weights as they are by then:
 *
 * <pre>
 *   R = (Z - H) / (layers left, this one included)
 *   adj = (A + K K^T)^-1 K         in fp64
 *   W += R adj^T                   in fp32, term by term
 * </pre>
 *
 * <p>The value of a fact in a layer is what was asked of it there, {@code v = W k + r} with the
 * weight from before the update: later changes of the weight do not make it wrong.
 */
final class LayerLoop {
  private final int targetLayer;
  private final List<StagedLayer> layers;
  private final List<LayerMemory> memories;
  private final PhaseClock clock;

  LayerLoop(
      int targetLayer, List<StagedLayer> layers, List<LayerMemory> memories, PhaseClock clock) {
    this.targetLayer = targetLayer;
    this.layers = layers;
    this.memories = memories;
    this.clock = clock;
  }

  /** Writes the targets; returns each fact's pairs, layers ascending. */
  List<List<LayerPair>> write(KeySource reader, List<FloatVector> targets) {
    List<List<LayerPair>> pairs = new ArrayList<>();
    targets.forEach(target -> pairs.add(new ArrayList<>()));
    for (int i = 0; i < layers.size(); i++) {
      StagedLayer layer = layers.get(i);
      LayerStep step =
          clock.time(
              PhaseClock.Phase.KEYS, () -> LayerStep.read(reader, layer.layer(), targetLayer));
      List<float[]> values = write(layer, memories.get(i), step, targets, layers.size() - i);
      for (int fact = 0; fact < values.size(); fact++) {
        pairs
            .get(fact)
            .add(
                new LayerPair(
                    layer.layer(),
                    FloatVector.of(step.keys().get(fact)),
                    FloatVector.of(values.get(fact))));
      }
    }
    return pairs;
  }

  private List<float[]> write(
      StagedLayer layer, LayerMemory memory, LayerStep step, List<FloatVector> targets, int left) {
    try (Matrix keys = Matrix.ofColumns(step.keys());
        Matrix residual = step.residual(targets, left);
        Matrix gain = clock.time(PhaseClock.Phase.SOLVE, () -> memory.absorb(keys));
        Matrix asked = clock.time(PhaseClock.Phase.SOLVE, () -> layer.times(keys))) {
      asked.add(1, residual);
      clock.time(PhaseClock.Phase.APPLY, () -> layer.add(residual, gain));
      List<float[]> values = new ArrayList<>();
      for (int fact = 0; fact < targets.size(); fact++) {
        values.add(asked.column(fact));
      }
      return values;
    }
  }
}
