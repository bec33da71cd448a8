package dev.emend.schedule.learn;

/** Plain-array oracles: nothing clever, nothing shared with what they check. */
final class Dense {
  private Dense() {}

  /** Gauss-Jordan with pivoting. */
  static double[] solve(double[][] matrix, double[] right) {
    int d = right.length;
    double[][] a = new double[d][d + 1];
    for (int i = 0; i < d; i++) {
      System.arraycopy(matrix[i], 0, a[i], 0, d);
      a[i][d] = right[i];
    }
    for (int column = 0; column < d; column++) {
      int pivot = column;
      for (int row = column; row < d; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      double[] swapped = a[pivot];
      a[pivot] = a[column];
      a[column] = swapped;
      for (int row = 0; row < d; row++) {
        double factor = row == column ? 0 : a[row][column] / a[column][column];
        for (int k = column; k <= d; k++) {
          a[row][k] -= factor * a[column][k];
        }
      }
    }
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = a[i][d] / a[i][i];
    }
    return x;
  }

  /** Ridge regression over all rows at once. */
  static double[] leastSquares(double[][] x, double[] weights, double[] y, double[] ridge) {
    int d = ridge.length;
    double[][] normal = new double[d][d];
    double[] right = new double[d];
    for (int i = 0; i < d; i++) {
      normal[i][i] = ridge[i];
    }
    for (int row = 0; row < y.length; row++) {
      for (int i = 0; i < d; i++) {
        right[i] += weights[row] * x[row][i] * y[row];
        for (int j = 0; j < d; j++) {
          normal[i][j] += weights[row] * x[row][i] * x[row][j];
        }
      }
    }
    return solve(normal, right);
  }
}
