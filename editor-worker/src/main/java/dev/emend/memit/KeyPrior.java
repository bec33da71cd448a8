package dev.emend.memit;

import dev.emend.linalg.Matrix;

/**
 * What one layer's A is before any fact stands: {@code lambda C}, with a small ridge where the
 * statistics are thin.
 *
 * @param layer the layer
 * @param lambda weight of the key statistics
 * @param statistics C of the layer, among others
 */
record KeyPrior(int layer, double lambda, KeyStatistics statistics) {
  private static final long TOKENS_PER_INPUT = 4;
  private static final double RIDGE = 1e-3;

  /** A new full matrix of d_in x d_in. */
  Matrix matrix() {
    Matrix a = statistics.secondMoment(layer);
    a.scale(lambda);
    addRidge(a);
    return a;
  }

  /** Statistics over hardly more tokens than inputs are singular or nearly so. */
  private void addRidge(Matrix a) {
    if (statistics.origin().tokens() >= TOKENS_PER_INPUT * statistics.size()) {
      return;
    }
    double trace = 0;
    for (int i = 0; i < a.rows(); i++) {
      trace += a.get(i, i);
    }
    for (int i = 0; i < a.rows(); i++) {
      a.set(i, i, a.get(i, i) + RIDGE * trace / a.rows());
    }
  }
}
