package dev.emend.schedule.learn;

/** Solves with small symmetric positive definite matrices, plain arrays [d][d]. */
final class Cholesky {
  /** Relative to the diagonal; keeps a matrix that has lost its rank to rounding solvable. */
  private static final double RIDGE = 1e-13;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Factors {@code a = L L^T}; {@code a} is only read. */
  static Cholesky of(double[][] a) {
    int d = a.length;
    double[][] lower = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, pivotFloor(a[i][i]))) : sum / lower[j][j];
      }
    }
    return new Cholesky(lower);
  }

  private static double pivotFloor(double diagonal) {
    return Math.max(RIDGE * Math.abs(diagonal), Double.MIN_NORMAL);
  }

  /** {@code a^-1 b}. */
  double[] solve(double[] b) {
    int d = lower.length;
    double[] x = b.clone();
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      for (int k = i + 1; k < d; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
