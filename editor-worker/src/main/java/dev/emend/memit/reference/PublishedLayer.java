package dev.emend.memit.reference;

import dev.emend.ledger.FloatVector;
import dev.emend.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The update of one layer, {@code W += sum over edits of residual gain^T}.
 *
 * @param layer index of the block
 * @param keys d_in values an edit
 * @param gains columns of {@code (lambda C + K K^T)^-1 K}, d_in values an edit
 * @param residuals d values an edit
 */
public record PublishedLayer(
    int layer, List<FloatVector> keys, List<FloatVector> gains, List<FloatVector> residuals) {
  /** Copies the lists. */
  public PublishedLayer {
    keys = List.copyOf(keys);
    gains = List.copyOf(gains);
    residuals = List.copyOf(residuals);
  }

  static PublishedLayer of(int layer, Matrix keys, Matrix gains, Matrix residuals) {
    return new PublishedLayer(layer, columns(keys), columns(gains), columns(residuals));
  }

  private static List<FloatVector> columns(Matrix matrix) {
    List<FloatVector> columns = new ArrayList<>();
    for (int i = 0; i < matrix.columns(); i++) {
      columns.add(FloatVector.of(matrix.column(i)));
    }
    return columns;
  }
}
