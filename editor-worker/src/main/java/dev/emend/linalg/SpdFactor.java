package dev.emend.linalg;

/**
 * Cholesky factor of a symmetric positive definite matrix, {@code A = L L^T}. Immutable; safe to
 * share once built, until {@link #close()}.
 */
public final class SpdFactor implements AutoCloseable {
  private final Matrix lower;
  private final double norm;

  private SpdFactor(Matrix lower, double norm) {
    this.lower = lower;
    this.norm = norm;
  }

  /**
   * Factors a copy of {@code a}, whose lower triangle counts.
   *
   * @throws dev.emend.fault.Fault with code NUMERICS if it is not positive definite
   */
  public static SpdFactor of(Matrix a) {
    Matrix work = a.copy();
    try {
      double norm = a.columnSumNorm();
      Blas.potrf(work);
      return new SpdFactor(work, norm);
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** {@code A^-1 b}, a new matrix. */
  public Matrix solve(Matrix b) {
    if (b.rows() != lower.rows()) {
      throw new IllegalArgumentException(
          "right-hand side of " + b.rows() + " rows for " + lower.rows());
    }
    Matrix x = b.copy();
    Blas.potrs(lower, x);
    return x;
  }

  /**
   * {@code b L^-T}, a new matrix: the product of it with its transpose is b A^-1 b^T. From the
   * right since b is tall: from the left the library solves at a tenth of the rate.
   */
  Matrix halfOf(Matrix b) {
    Matrix x = b.copy();
    Blas.trsmFromRight(lower, true, x);
    return x;
  }

  /** {@code half L^-1}, a new matrix: {@code b A^-1} for the half of b. */
  Matrix wholeOf(Matrix half) {
    Matrix x = half.copy();
    Blas.trsmFromRight(lower, false, x);
    return x;
  }

  /** {@code A^-1}, a new full matrix. */
  public Matrix inverse() {
    Matrix inverse = lower.copy();
    Blas.potri(inverse);
    inverse.mirrorLower();
    return inverse;
  }

  /** Estimate of 1 / condition number in the 1-norm, between 0 and 1. */
  public double reciprocalCondition() {
    return Blas.pocon(lower, norm);
  }

  @Override
  public void close() {
    lower.close();
  }
}
