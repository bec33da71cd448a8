package dev.emend.sink;

/** Makes the rows of a matrix orthonormal. Stateless. */
final class Orthonormal {
  /** A row that loses more than this share of its length lies in the span of those before it. */
  private static final double DEPENDENT = 1e-12;

  private Orthonormal() {}

  /**
   * Modified Gram-Schmidt, twice over, in place; a row that depends on those before it becomes
   * zero.
   */
  static void rows(RowMatrix matrix) {
    for (int row = 0; row < matrix.rows(); row++) {
      double before = Math.sqrt(matrix.dot(row, row));
      for (int pass = 0; pass < 2; pass++) {
        for (int other = 0; other < row; other++) {
          matrix.add(row, -matrix.dot(row, other), matrix, other);
        }
      }
      double after = Math.sqrt(matrix.dot(row, row));
      matrix.scale(row, after > before * DEPENDENT ? 1 / after : 0);
    }
  }
}
