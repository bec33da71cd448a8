package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import dev.emend.linalg.Matrix;
import java.util.List;

/**
 * What was read before one layer is written.
 *
 * @param keys K, one vector of d_in values a fact
 * @param hidden H at layer L, one vector of d values a fact
 */
record LayerStep(List<float[]> keys, List<float[]> hidden) {

  static LayerStep read(KeySource reader, int layer, int targetLayer) {
    reader.advanceTo(layer);
    return new LayerStep(reader.keys(), reader.hiddenAfter(targetLayer));
  }

  /** {@code R = (Z - H) / left}, d x u. */
  Matrix residual(List<FloatVector> targets, int left) {
    int width = hidden.get(0).length;
    Matrix residual = Matrix.zeros(width, targets.size());
    for (int fact = 0; fact < targets.size(); fact++) {
      float[] z = targets.get(fact).toArray();
      for (int i = 0; i < width; i++) {
        residual.set(i, fact, ((double) z[i] - hidden.get(fact)[i]) / left);
      }
    }
    return residual;
  }
}
