package dev.emend.sink;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.
 *
 * @param values descending
 * @param vectors row i belongs to value i
 */
record SymmetricEigen(List<Double> values, RowMatrix vectors) {
  private static final int MOST_SWEEPS = 60;
  private static final double NEGLIGIBLE = 1e-28;

  /** Copies the values. */
  SymmetricEigen {
    values = List.copyOf(values);
  }

  static SymmetricEigen of(RowMatrix symmetric) {
    int n = symmetric.rows();
    RowMatrix a = symmetric.transpose().transpose();
    RowMatrix vectors = new RowMatrix(n, n);
    IntStream.range(0, n).forEach(i -> vectors.set(i, i, 1));
    for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > NEGLIGIBLE * a.squares(); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, vectors, p, q);
        }
      }
    }
    return sorted(a, vectors);
  }

  private static double offDiagonal(RowMatrix a) {
    double sum = 0;
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * a.get(i, j) * a.get(i, j);
      }
    }
    return sum;
  }

  /** The rotation that makes element (p, q) zero. */
  private static void rotate(RowMatrix a, RowMatrix vectors, int p, int q) {
    double element = a.get(p, q);
    if (element == 0) {
      return;
    }
    double theta = (a.get(q, q) - a.get(p, p)) / (2 * element);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < a.rows(); k++) {
      double kp = a.get(k, p);
      double kq = a.get(k, q);
      a.set(k, p, c * kp - s * kq);
      a.set(k, q, s * kp + c * kq);
    }
    rotateRows(a, p, q, c, s);
    rotateRows(vectors, p, q, c, s);
  }

  private static void rotateRows(RowMatrix a, int p, int q, double c, double s) {
    for (int k = 0; k < a.columns(); k++) {
      double pk = a.get(p, k);
      double qk = a.get(q, k);
      a.set(p, k, c * pk - s * qk);
      a.set(q, k, s * pk + c * qk);
    }
  }

  private static SymmetricEigen sorted(RowMatrix a, RowMatrix vectors) {
    List<Integer> order =
        IntStream.range(0, a.rows())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -a.get(i, i)))
            .toList();
    RowMatrix sorted = new RowMatrix(a.rows(), a.rows());
    IntStream.range(0, order.size()).forEach(i -> sorted.add(i, 1, vectors, order.get(i)));
    return new SymmetricEigen(order.stream().map(i -> a.get(i, i)).toList(), sorted);
  }
}
