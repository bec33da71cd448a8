package dev.emend.delta;

import dev.emend.event.WeightLayout;

/**
 * The inner loops of {@link ExactUpdate} on a weight of [rows][columns]. A tile of two row pieces
 * stays in the first-level cache while term after term is added to it, four in one pass, so that
 * eight products share the load of four terms and the load and store of two elements. Java
 * evaluates a sum from left to right, so an element still sees its terms one by one in ascending
 * order.
 *
 * <p>The shape of the loops is what the compiler makes vector instructions of: one array that is
 * written, with rows a constant distance apart, and terms in an array that is read from its start.
 * Two arrays written, a term at an offset, or four rows at once cost a factor of four (Java 17). It
 * never fuses a multiply and an add by itself.
 */
final class RankOneKernel {
  /** Columns of a tile. */
  static final int BLOCK = 256;

  /** Terms that stay in the second-level cache while the rows pass, a multiple of four. */
  static final int DEPTH = 64;

  private static final int GROUP = 4;

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
    float[] tile = new float[2 * BLOCK];
    for (int column = 0; column < columns; column += BLOCK) {
      for (int r = 0; r < rank; r += DEPTH) {
        terms.load(r, column);
        for (int row = fromRow; row < toRow; row += 2) {
          addPair(tile, row, Math.min(row + 1, toRow - 1), column, terms);
        }
      }
    }
  }

  /** Adds the loaded terms to one or two rows; {@code second} is {@code first} at an odd end. */
  private void addPair(float[] tile, int first, int second, int column, Terms terms) {
    int length = Math.min(BLOCK, columns - column);
    int at = first * columns + column;
    int next = second * columns + column;
    System.arraycopy(weight, at, tile, 0, length);
    System.arraycopy(weight, next, tile, BLOCK, length);
    terms.addTo(tile, first, second);
    System.arraycopy(tile, 0, weight, at, length);
    System.arraycopy(tile, BLOCK, weight, next, length);
  }

  /** The column factors of up to {@link #DEPTH} terms in one block of columns. */
  private final class Terms {
    /** Each [GROUP][BLOCK]. */
    private final float[][] groups = new float[(Math.min(rank, DEPTH) + 3) / GROUP][GROUP * BLOCK];

    /** Each [BLOCK]: what is left after the groups. */
    private final float[][] singles = new float[GROUP - 1][BLOCK];

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
          System.arraycopy(columnFactors, at, singles[k - grouped], 0, length);
        }
      }
    }

    void addTo(float[] tile, int first, int second) {
      for (int k = 0; k < grouped; k += GROUP) {
        addGroup(tile, groups[k / GROUP], from + k, first, second);
      }
      for (int k = grouped; k < count; k++) {
        add(tile, singles[k - grouped], factor(from + k, first), factor(from + k, second));
      }
    }
  }

  private float factor(int term, int row) {
    return rowFactors[term * rows + row];
  }

  private void addGroup(float[] tile, float[] terms, int term, int first, int second) {
    add(
        tile,
        terms,
        factor(term, first),
        factor(term + 1, first),
        factor(term + 2, first),
        factor(term + 3, first),
        factor(term, second),
        factor(term + 1, second),
        factor(term + 2, second),
        factor(term + 3, second));
  }

  private static void add(float[] w, float[] term, float f, float g) {
    for (int j = 0; j < BLOCK; j++) {
      float t = term[j];
      w[j] = w[j] + f * t;
      w[j + BLOCK] = w[j + BLOCK] + g * t;
    }
  }

  private static void add(
      float[] w,
      float[] terms,
      float f0,
      float f1,
      float f2,
      float f3,
      float g0,
      float g1,
      float g2,
      float g3) {
    for (int j = 0; j < BLOCK; j++) {
      float t0 = terms[j];
      float t1 = terms[j + BLOCK];
      float t2 = terms[j + 2 * BLOCK];
      float t3 = terms[j + 3 * BLOCK];
      w[j] = w[j] + f0 * t0 + f1 * t1 + f2 * t2 + f3 * t3;
      w[j + BLOCK] = w[j + BLOCK] + g0 * t0 + g1 * t1 + g2 * t2 + g3 * t3;
    }
  }
}
