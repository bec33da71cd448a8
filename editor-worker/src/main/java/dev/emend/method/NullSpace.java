package dev.emend.method;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.SymmetricEigen;

/**
 * AlphaEdit's constrained solve in one layer. With P = Q Q^T the projection on the eigenvectors of
 * C whose eigenvalue is below a threshold, and K_p the keys of earlier windows (Fang et al. 2025,
 * the closed form for sequential editing),
 *
 * <pre>
 *   gain = (P (K_p K_p^T + K K^T) + L2 I)^-1 P K  =  Q (Q^T (K_p K_p^T + K K^T) Q + L2 I)^-1 Q^T K
 * </pre>
 *
 * <p>The right-hand form holds because every solution lies in the range of P; it is symmetric,
 * positive definite and smaller. Not thread-safe.
 */
final class NullSpace implements AutoCloseable {
  private final Matrix basis;
  private final double ridge;
  private GramInverse inverse;

  private NullSpace(Matrix basis, double ridge) {
    this.basis = basis;
    this.ridge = ridge;
    this.inverse = empty();
  }

  /**
   * The null space of a layer, without earlier keys.
   *
   * @param moment C, d_in x d_in
   * @param threshold eigenvalues below it count as zero
   * @param ridge L2
   * @throws Fault USAGE if no eigenvalue is below the threshold
   */
  static NullSpace of(Matrix moment, double threshold, double ridge) {
    try (SymmetricEigen eigen = SymmetricEigen.of(moment)) {
      int count = eigen.countBelow(threshold);
      if (count == 0) {
        throw new Fault(
            FaultCode.USAGE,
            "no eigenvalue of the key statistics is below the null-space threshold %.2g; the smallest is %.2g"
                .formatted(threshold, eigen.value(0)));
      }
      return new NullSpace(eigen.smallest(count), ridge);
    }
  }

  private GramInverse empty() {
    try (Matrix identity = Matrix.zeros(basis.columns(), basis.columns())) {
      for (int i = 0; i < identity.rows(); i++) {
        identity.set(i, i, ridge);
      }
      return GramInverse.of(identity);
    }
  }

  /** Dimensions of the null space. */
  int dimensions() {
    return basis.columns();
  }

  /** The gain of keys K (d_in x u), which are not remembered. */
  Matrix gain(Matrix keys) {
    try (Matrix inside = basis.transposeTimes(keys);
        Matrix solved = inverse.absorb(inside)) {
      inverse.rollback();
      return basis.times(solved);
    }
  }

  /** Counts keys among the earlier ones from now on. */
  void remember(Matrix keys) {
    try (Matrix inside = basis.transposeTimes(keys)) {
      inverse.absorb(inside).close();
      inverse.commit();
    }
  }

  /** Forgets all earlier keys. */
  void forget() {
    inverse.close();
    inverse = empty();
  }

  @Override
  public void close() {
    basis.close();
    inverse.close();
  }
}
