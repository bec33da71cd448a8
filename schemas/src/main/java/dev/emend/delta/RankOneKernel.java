package dev.emend.delta;

import dev.emend.event.WeightLayout;
import java.util.Arrays;

/**
 * The inner loops of {@link ExactUpdate} on a weight of [rows][columns]. Four terms share one load
 * and store of the weight; Java evaluates the sum from left to right, so an element still sees its
 * terms one by one in ascending order.
 *
 * <p>A piece of a row and the matching pieces of the terms are copied into arrays of their own, all
 * read at the same index: only then does the compiler know that no store changes a value still to
 * be read, and makes vector instructions of the plain loops (seven times as fast here). It never
 * fuses a multiply and an add by itself.
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
      addBlock(fromRow, toRow, column, length);
      column += length;
    }
  }

  private void addBlock(int fromRow, int toRow, int column, int length) {
    float[][] terms = new float[rank][];
    for (int r = 0; r < rank; r++) {
      int at = r * columns + column;
      terms[r] = Arrays.copyOfRange(columnFactors, at, at + length);
    }
    float[] piece = new float[length];
    for (int row = fromRow; row < toRow; row++) {
      int at = row * columns + column;
      System.arraycopy(weight, at, piece, 0, length);
      addTerms(piece, row, terms);
      System.arraycopy(piece, 0, weight, at, length);
    }
  }

  private void addTerms(float[] piece, int row, float[][] terms) {
    int r = 0;
    for (; r + 4 <= rank; r += 4) {
      add4(piece, r, row, terms);
    }
    for (; r < rank; r++) {
      add1(piece, factor(r, row), terms[r]);
    }
  }

  private float factor(int r, int row) {
    return rowFactors[r * rows + row];
  }

  private static void add1(float[] w, float f, float[] term) {
    for (int j = 0; j < w.length; j++) {
      w[j] = w[j] + f * term[j];
    }
  }

  private void add4(float[] piece, int r, int row, float[][] terms) {
    add4(
        piece,
        factor(r, row),
        factor(r + 1, row),
        factor(r + 2, row),
        factor(r + 3, row),
        terms[r],
        terms[r + 1],
        terms[r + 2],
        terms[r + 3]);
  }

  private static void add4(
      float[] w,
      float f0,
      float f1,
      float f2,
      float f3,
      float[] t0,
      float[] t1,
      float[] t2,
      float[] t3) {
    for (int j = 0; j < w.length; j++) {
      w[j] = w[j] + f0 * t0[j] + f1 * t1[j] + f2 * t2[j] + f3 * t3[j];
    }
  }
}
