package dev.emend.linalg;

/**
 * {@code (A + K K^T)^-1 K} by one dense Cholesky factorisation in fp64, as the published algorithm
 * solves every window: what the stored inverse is compared with. Stateless.
 */
public final class DenseSolve {
  private DenseSolve() {}

  /**
   * Solves for the gains.
   *
   * @param a symmetric positive definite, whose lower triangle counts
   * @param keys one a column
   * @return a new matrix of the keys' shape
   */
  public static Matrix gains(Matrix a, Matrix keys) {
    try (Matrix sum = a.copy()) {
      Blas.syrk(1, keys, sum);
      Blas.potrf(sum);
      Matrix gains = keys.copy();
      Blas.potrs(sum, gains);
      return gains;
    }
  }
}
