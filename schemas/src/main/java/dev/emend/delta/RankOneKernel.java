package dev.emend.delta;

import dev.emend.event.WeightLayout;

/**
 * The inner loops of {@link ExactUpdate} on a weight of [rows][columns]. A tile of four row pieces
 * stays in the first-level cache while term after term is added to it, two in one pass, so that
 * eight products share the load of two terms and the load and store of four elements. Java
 * evaluates a sum from left to right, so an element still sees its terms one by one in ascending
 * order.
 *
 * <p>The shape of the loops is what the compiler makes vector instructions of: one array that is
 * written, with rows a constant distance apart, and terms in an array that is read from its start.
 * Two arrays written, a term at an offset, or sixteen products in one pass cost a factor of four
 * (Java 17). It never fuses a multiply and an add by itself.
 */
final class RankOneKernel {
  /** Columns of a tile. */
  static final int BLOCK = 256;

  /** Terms that stay in the second-level cache while the rows pass, a multiple of two. */
  static final int DEPTH = 64;

  private static final int GROUP = 2;
  private static final int TILE_ROWS = 4;

  /** [rows][columns], changed in place. */
  private final float[] weight;

  private final int rows;
  private final int columns;
  private final int rank;

  /** [rank][rows]. */
  private final float[] rowFactors;

  /** [rank][columns]. */
  private final float[] columnFactors;

  RankOneKernel(float[] weight, MatrixShape shape, LowRankFactors factors) {
    boolean outFirst = shape.layout() == WeightLayout.OUT_IN;
    this.weight = weight;
    this.rows = shape.rows();
    this.columns = shape.columns();
    this.rank = factors.rank();
    this.rowFactors = outFirst ? factors.residArray() : factors.adjArray();
    this.columnFactors = outFirst ? factors.adjArray() : factors.residArray();
  }

  void addRows(int fromRow, int toRow) {
    Terms terms = new Terms();
    float[] tile = new float[TILE_ROWS * BLOCK];
    int[] tileRows = new int[TILE_ROWS];
    for (int column = 0; column < columns; column += BLOCK) {
      for (int r = 0; r < rank; r += DEPTH) {
        terms.load(r, column);
        for (int row = fromRow; row < toRow; row += TILE_ROWS) {
          for (int i = 0; i < TILE_ROWS; i++) {
            tileRows[i] = Math.min(row + i, toRow - 1);
          }
          addTile(tile, tileRows, column, terms);
        }
      }
    }
  }

  /**
   * Adds the loaded terms to four rows; at an end the last row stands for those that are missing.
   */
  private void addTile(float[] tile, int[] tileRows, int column, Terms terms) {
    int length = Math.min(BLOCK, columns - column);
    for (int i = 0; i < TILE_ROWS; i++) {
      System.arraycopy(weight, tileRows[i] * columns + column, tile, i * BLOCK, length);
    }
    terms.addTo(tile, tileRows[0], tileRows[1], tileRows[2], tileRows[3]);
    for (int i = 0; i < TILE_ROWS; i++) {
      System.arraycopy(tile, i * BLOCK, weight, tileRows[i] * columns + column, length);
    }
  }

  /** The column factors of up to {@link #DEPTH} terms in one block of columns. */
  private final class Terms {
    /** Each [GROUP][BLOCK]. */
    private final float[][] groups = new float[Math.min(rank, DEPTH) / GROUP][GROUP * BLOCK];

    /** [BLOCK]: the last term of an odd number. */
    private final float[] single = new float[BLOCK];

    private int from;
    private int grouped;
    private int count;

    void load(int firstTerm, int column) {
      from = firstTerm;
      count = Math.min(DEPTH, rank - firstTerm);
      grouped = count - count % GROUP;
      int length = Math.min(BLOCK, columns - column);
      for (int k = 0; k < count; k++) {
        int at = (from + k) * columns + column;
        if (k < grouped) {
          System.arraycopy(columnFactors, at, groups[k / GROUP], k % GROUP * BLOCK, length);
        } else {
          System.arraycopy(columnFactors, at, single, 0, length);
        }
      }
    }

    void addTo(float[] tile, int row0, int row1, int row2, int row3) {
      for (int k = 0; k < grouped; k += GROUP) {
        int term = (from + k) * rows;
        int next = term + rows;
        add(
            tile,
            groups[k / GROUP],
            rowFactors[term + row0],
            rowFactors[next + row0],
            rowFactors[term + row1],
            rowFactors[next + row1],
            rowFactors[term + row2],
            rowFactors[next + row2],
            rowFactors[term + row3],
            rowFactors[next + row3]);
      }
      if (grouped < count) {
        int term = (from + grouped) * rows;
        add(
            tile,
            single,
            rowFactors[term + row0],
            rowFactors[term + row1],
            rowFactors[term + row2],
            rowFactors[term + row3]);
      }
    }
  }

  private static void add(float[] w, float[] term, float f, float g, float h, float i) {
    for (int j = 0; j < BLOCK; j++) {
      float t = term[j];
      w[j] = w[j] + f * t;
      w[j + BLOCK] = w[j + BLOCK] + g * t;
      w[j + 2 * BLOCK] = w[j + 2 * BLOCK] + h * t;
      w[j + 3 * BLOCK] = w[j + 3 * BLOCK] + i * t;
    }
  }

  private static void add(
      float[] w,
      float[] terms,
      float f0,
      float f1,
      float g0,
      float g1,
      float h0,
      float h1,
      float i0,
      float i1) {
    for (int j = 0; j < BLOCK; j++) {
      float t0 = terms[j];
      float t1 = terms[j + BLOCK];
      w[j] = w[j] + f0 * t0 + f1 * t1;
      w[j + BLOCK] = w[j + BLOCK] + g0 * t0 + g1 * t1;
      w[j + 2 * BLOCK] = w[j + 2 * BLOCK] + h0 * t0 + h1 * t1;
      w[j + 3 * BLOCK] = w[j + 3 * BLOCK] + i0 * t0 + i1 * t1;
    }
  }
}
