package dev.emend.linalg;

/**
 * Eigenvalues in ascending order and orthonormal eigenvectors of a symmetric matrix, {@code A = Q
 * diag(values) Q^T}. Immutable until {@link #close()}.
 */
public final class SymmetricEigen implements AutoCloseable {
  private final Matrix vectors;
  private final double[] values;

  private SymmetricEigen(Matrix vectors, double[] values) {
    this.vectors = vectors;
    this.values = values;
  }

  /** Decomposes a copy of {@code a}, whose lower triangle counts. */
  public static SymmetricEigen of(Matrix a) {
    Matrix work = a.copy();
    try (Matrix values = Matrix.zeros(a.rows(), 1)) {
      Blas.syevd(work, values);
      return new SymmetricEigen(work, values.toColumnMajor());
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** Number of eigenvalues below {@code threshold}. */
  public int countBelow(double threshold) {
    int count = 0;
    while (count < values.length && values[count] < threshold) {
      count++;
    }
    return count;
  }

  /** One eigenvalue, the smallest first. */
  public double value(int index) {
    return values[index];
  }

  /** The eigenvectors of the {@code count} smallest eigenvalues, one a column; a new matrix. */
  public Matrix smallest(int count) {
    return vectors.columns(0, count);
  }

  @Override
  public void close() {
    vectors.close();
  }
}
