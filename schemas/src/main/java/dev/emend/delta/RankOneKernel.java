package dev.emend.delta;

import dev.emend.event.WeightLayout;

/**
 * The inner loops of {@link ExactUpdate} on a weight of [rows][columns]. Four terms share one load
 * and store of the weight; Java evaluates the sum from left to right, so an element still sees its
 * terms one by one in ascending order. The loops are plain so that the compiler makes vector
 * instructions of them; it never fuses a multiply and an add by itself.
 */
final class RankOneKernel {
  /** [rows][columns], changed in place. */
  private final float[] weight;

  private final int rows;
  private final int columns;
  private final int rank;

  /** [rank][rows]. */
  private final float[] rowFactors;

  /** [rank][columns]. */
  private final float[] columnFactors;

  private final int columnBlock;

  RankOneKernel(float[] weight, MatrixShape shape, LowRankFactors factors, int columnBlock) {
    boolean outFirst = shape.layout() == WeightLayout.OUT_IN;
    this.weight = weight;
    this.rows = shape.rows();
    this.columns = shape.columns();
    this.rank = factors.rank();
    this.rowFactors = outFirst ? factors.residArray() : factors.adjArray();
    this.columnFactors = outFirst ? factors.adjArray() : factors.residArray();
    this.columnBlock = columnBlock;
  }

  void addRows(int fromRow, int toRow) {
    for (int column = 0; column < columns; ) {
      int length = Math.min(columnBlock, columns - column);
      for (int row = fromRow; row < toRow; row++) {
        addTerms(row, column, length);
      }
      column += length;
    }
  }

  private void addTerms(int row, int column, int length) {
    int at = row * columns + column;
    int r = 0;
    for (; r + 4 <= rank; r += 4) {
      add4(at, length, r, row, column);
    }
    for (; r < rank; r++) {
      add1(at, length, rowFactors[r * rows + row], r * columns + column);
    }
  }

  private void add1(int at, int length, float factor, int v) {
    float[] w = weight;
    float[] c = columnFactors;
    for (int j = 0; j < length; j++) {
      w[at + j] += factor * c[v + j];
    }
  }

  private void add4(int at, int length, int r, int row, int column) {
    float[] w = weight;
    float[] c = columnFactors;
    float f0 = rowFactors[r * rows + row];
    float f1 = rowFactors[(r + 1) * rows + row];
    float f2 = rowFactors[(r + 2) * rows + row];
    float f3 = rowFactors[(r + 3) * rows + row];
    int v0 = r * columns + column;
    int v1 = v0 + columns;
    int v2 = v1 + columns;
    int v3 = v2 + columns;
    for (int j = 0; j < length; j++) {
      w[at + j] = w[at + j] + f0 * c[v0 + j] + f1 * c[v1 + j] + f2 * c[v2 + j] + f3 * c[v3 + j];
    }
  }
}
