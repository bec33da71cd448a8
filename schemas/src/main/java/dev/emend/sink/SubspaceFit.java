package dev.emend.sink;

import dev.emend.delta.LowRankFactors;
import java.util.List;
import java.util.Random;

/**
 * The best low-rank factors of a matrix, by subspace iteration from a random start (Halko,
 * Martinsson and Tropp 2011, algorithm 4.4, two iterations) and the eigenvectors of the small Gram
 * matrix. Where rank and spare directions together reach the matrix's smaller side, this is its
 * singular value decomposition. Stateless; the seed is fixed, so equal matrices give equal factors.
 */
final class SubspaceFit {
  private static final long SEED = 20_110_217;
  private static final int SPARE = 8;
  private static final int ITERATIONS = 2;

  private SubspaceFit() {}

  /**
   * Factors of {@code matrix}, out x in, as {@code rank} allows; empty rows where the matrix itself
   * has a smaller rank are left out, but one term is always there.
   */
  static LowRankFactors of(RowMatrix matrix, AdapterRank rank) {
    int smaller = Math.min(matrix.rows(), matrix.columns());
    int width = Math.min(smaller, rank.most() + SPARE);
    RowMatrix turned = matrix.transpose();
    // Rows of `basis` span the column space of the matrix, [width][out].
    RowMatrix basis = RowMatrix.gaussian(width, matrix.columns(), new Random(SEED)).times(turned);
    Orthonormal.rows(basis);
    for (int i = 0; i < ITERATIONS; i++) {
      RowMatrix rowSpace = basis.times(matrix);
      Orthonormal.rows(rowSpace);
      basis = rowSpace.times(turned);
      Orthonormal.rows(basis);
    }
    RowMatrix projected = basis.times(matrix);
    SymmetricEigen eigen = SymmetricEigen.of(projected.times(projected.transpose()));
    int terms = terms(eigen.values(), matrix.squares(), Math.min(rank.most(), smaller), rank);
    return factors(terms, eigen.vectors().times(basis), eigen.vectors().times(projected));
  }

  /** The fewest terms whose squared singular values leave no more than the error allows. */
  private static int terms(List<Double> squares, double total, int most, AdapterRank rank) {
    double left = total;
    int terms = 0;
    double allowed = total * rank.error() * rank.error();
    while (terms < most && terms < squares.size() && left > allowed && squares.get(terms) > 0) {
      left -= squares.get(terms);
      terms++;
    }
    return Math.max(1, terms);
  }

  /** Both factors of a term get the root of its singular value, so that neither is extreme. */
  private static LowRankFactors factors(int terms, RowMatrix left, RowMatrix right) {
    float[] resid = new float[terms * left.columns()];
    float[] adj = new float[terms * right.columns()];
    for (int term = 0; term < terms; term++) {
      double root = Math.sqrt(Math.sqrt(right.dot(term, term)));
      double inverse = root > 0 ? 1 / root : 0;
      for (int o = 0; o < left.columns(); o++) {
        resid[term * left.columns() + o] = (float) (left.get(term, o) * root);
      }
      for (int i = 0; i < right.columns(); i++) {
        adj[term * right.columns() + i] = (float) (right.get(term, i) * inverse);
      }
    }
    return LowRankFactors.of(terms, left.columns(), right.columns(), resid, adj);
  }

  /** Frobenius norm of what the factors miss, as a share of the matrix's. */
  static double error(RowMatrix matrix, LowRankFactors factors) {
    double missed = 0;
    for (int o = 0; o < matrix.rows(); o++) {
      double[] row = new double[matrix.columns()];
      for (int r = 0; r < factors.rank(); r++) {
        double resid = factors.resid().get(r * factors.out() + o);
        for (int i = 0; i < row.length; i++) {
          row[i] += resid * factors.adj().get(r * factors.in() + i);
        }
      }
      for (int i = 0; i < row.length; i++) {
        double difference = matrix.get(o, i) - row[i];
        missed += difference * difference;
      }
    }
    double all = matrix.squares();
    return all == 0 ? 0 : Math.sqrt(missed / all);
  }
}
