package dev.emend.memit;

import dev.emend.linalg.Matrix;
import dev.emend.model.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A key source whose keys never drift and whose facts ask the same value of a layer whenever they
 * come: what recursive least squares assumes.
 */
final class FixedKeys implements KeySource {
  private final Decoder decoder;
  private final List<Integer> layers;
  private final List<Integer> facts;
  private final List<float[][]> keys;
  private final List<float[][]> values;
  private int layer;

  /**
   * A source of some facts.
   *
   * @param keys by layer, in the order of the layers, [fact][d_in]
   * @param values likewise, [fact][d]: what a fact asks there
   */
  FixedKeys(
      Decoder decoder,
      List<Integer> layers,
      List<Integer> facts,
      List<float[][]> keys,
      List<float[][]> values) {
    this.decoder = decoder;
    this.layers = layers;
    this.facts = facts;
    this.keys = keys;
    this.values = values;
  }

  @Override
  public void advanceTo(int target) {
    layer = target;
  }

  @Override
  public List<float[]> keys() {
    return facts.stream().map(fact -> keys.get(layers.indexOf(layer))[fact]).toList();
  }

  /** H = Z - left (V - W K) for Z = 0, so that the residual of this layer is V - W K. */
  @Override
  public List<float[]> hiddenAfter(int last) {
    int left = layers.size() - layers.indexOf(layer);
    var projection = decoder.downProjection(layer);
    List<float[]> hidden = new ArrayList<>();
    try (Matrix columns = Matrix.ofColumns(keys());
        Matrix given = StagedLayer.times(projection, projection.values(), columns)) {
      for (int i = 0; i < facts.size(); i++) {
        float[] wanted = values.get(layers.indexOf(layer))[facts.get(i)];
        float[] h = new float[wanted.length];
        for (int row = 0; row < h.length; row++) {
          h[row] = (float) (-left * (wanted[row] - given.get(row, i)));
        }
        hidden.add(h);
      }
    }
    return hidden;
  }
}
