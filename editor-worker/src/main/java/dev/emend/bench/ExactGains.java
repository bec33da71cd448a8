package dev.emend.bench;

import dev.emend.linalg.Matrix;
import dev.emend.linalg.SpdFactor;

/**
 * A few columns of {@code (A + K K^T)^-1 K} to nearly the last digit of fp64: iterative refinement
 * whose residuals are summed in twice the precision. Slow; for comparison only.
 */
final class ExactGains {
  private static final int ROUNDS = 6;

  private final Matrix a;
  private final Matrix keys;

  ExactGains(Matrix a, Matrix keys) {
    this.a = a;
    this.keys = keys;
  }

  /** The first columns, {@code [count][d]}. */
  double[][] columns(int count) {
    double[][] columns = new double[count][];
    try (Matrix sum = a.copy()) {
      sum.addLowerGram(1, keys);
      try (SpdFactor factor = SpdFactor.of(sum)) {
        double[] all = a.toColumnMajor();
        double[] k = keys.toColumnMajor();
        for (int column = 0; column < count; column++) {
          columns[column] = refined(factor, all, k, column);
        }
      }
    }
    return columns;
  }

  private double[] refined(SpdFactor factor, double[] all, double[] k, int column) {
    int d = a.rows();
    double[] x = new double[d];
    for (int round = 0; round < ROUNDS; round++) {
      try (Matrix residual = Matrix.ofColumnMajor(d, 1, residual(all, k, column, x));
          Matrix step = factor.solve(residual)) {
        for (int i = 0; i < d; i++) {
          x[i] += step.get(i, 0);
        }
      }
    }
    return x;
  }

  /** k - A x - K (K^T x). */
  private double[] residual(double[] all, double[] k, int column, double[] x) {
    int d = a.rows();
    int u = keys.columns();
    TwofoldSum[] inner = new TwofoldSum[u];
    for (int j = 0; j < u; j++) {
      inner[j] = new TwofoldSum();
      for (int i = 0; i < d; i++) {
        inner[j].addProduct(k[j * d + i], x[i]);
      }
    }
    double[] residual = new double[d];
    for (int i = 0; i < d; i++) {
      TwofoldSum sum = new TwofoldSum();
      sum.addProduct(1, k[column * d + i]);
      for (int j = 0; j < d; j++) {
        // A is symmetric: its column is its row.
        sum.addProduct(-all[i * d + j], x[j]);
      }
      for (int j = 0; j < u; j++) {
        sum.addProduct(-k[j * d + i], inner[j].high());
        sum.addProduct(-k[j * d + i], inner[j].low());
      }
      residual[i] = sum.high() + sum.low();
    }
    return residual;
  }
}
