package dev.emend.linalg;

import java.util.Random;

/** The oracle: textbook arithmetic on {@code double[row][column]}, slow and plain. */
public final class Naive {
  private Naive() {}

  /** Seeded normal values. */
  public static double[][] random(int rows, int columns, Random random) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return a;
  }

  /** {@code G G^T + ridge I} for a random square G. */
  public static double[][] spd(int size, double ridge, Random random) {
    double[][] g = random(size, size, random);
    double[][] a = times(g, transposed(g));
    for (int i = 0; i < size; i++) {
      a[i][i] += ridge;
    }
    return a;
  }

  /** Textbook form. */
  public static double[][] times(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  /** Textbook form. */
  public static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  /** Textbook form. */
  public static double[][] plus(double[][] a, double scale, double[][] b) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = a[i][j] + scale * b[i][j];
      }
    }
    return c;
  }

  /** Gauss elimination with partial pivoting. */
  public static double[][] solve(double[][] matrix, double[][] rhs) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] x = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      x[i] = rhs[i].clone();
    }
    for (int p = 0; p < n; p++) {
      int best = p;
      for (int i = p + 1; i < n; i++) {
        best = Math.abs(a[i][p]) > Math.abs(a[best][p]) ? i : best;
      }
      swap(a, p, best);
      swap(x, p, best);
      for (int i = 0; i < n; i++) {
        if (i != p) {
          double factor = a[i][p] / a[p][p];
          subtract(a[i], factor, a[p]);
          subtract(x[i], factor, x[p]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] /= a[i][i];
      }
    }
    return x;
  }

  private static void swap(double[][] a, int i, int j) {
    double[] row = a[i];
    a[i] = a[j];
    a[j] = row;
  }

  private static void subtract(double[] from, double factor, double[] row) {
    for (int j = 0; j < from.length; j++) {
      from[j] -= factor * row[j];
    }
  }

  /** The native form. */
  public static Matrix toMatrix(double[][] a) {
    Matrix matrix = Matrix.zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        matrix.set(i, j, a[i][j]);
      }
    }
    return matrix;
  }

  /** Relative distance in the Frobenius norm. */
  public static double distance(Matrix actual, double[][] expected) {
    double wrong = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[0].length; j++) {
        double difference = actual.get(i, j) - expected[i][j];
        wrong += difference * difference;
        size += expected[i][j] * expected[i][j];
      }
    }
    return Math.sqrt(wrong / size);
  }
}
