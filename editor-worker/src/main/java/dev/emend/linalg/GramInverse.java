package dev.emend.linalg;

import java.util.ArrayList;
import java.util.List;

/**
 * The stored inverse of a Gram matrix {@code A = A_0 + sum of k k^T} that gains and loses keys: one
 * factorisation at the start, then O(d^2 u) a step by the Woodbury identity.
 *
 * <p>Steps are first <em>pending</em>: they count in every later gain, but the stored inverse
 * changes only on {@link #commit()}, and {@link #rollback()} forgets them without a trace. With
 * {@code F = A^-1 K} and a sign s, {@code (A + s K K^T)^-1 K = X = F (I + s K^T F)^-1} and {@code
 * (A + s K K^T)^-1 = A^-1 - s X F^T}; with the Cholesky factor L of the inner system, {@code X F^T
 * = G G^T} for {@code G = F L^-T}, which is all that is kept of a step. Not thread-safe.
 */
public final class GramInverse implements AutoCloseable {
  /** Only its lower triangle counts. */
  private final Matrix inverse;

  private final List<Step> pending = new ArrayList<>();
  private final double reciprocalCondition;
  private double worstStep;
  private double lost;

  /** G of a step, d x u. */
  private record Step(double sign, Matrix half, double reciprocalCondition) {}

  private GramInverse(Matrix inverse, double reciprocalCondition) {
    this(inverse, reciprocalCondition, 1, 0);
  }

  GramInverse(Matrix inverse, double reciprocalCondition, double worstStep, double lost) {
    this.inverse = inverse;
    this.reciprocalCondition = reciprocalCondition;
    this.worstStep = worstStep;
    this.lost = lost;
  }

  /** Factors and inverts the symmetric positive definite {@code a}. */
  public static GramInverse of(Matrix a) {
    try (SpdFactor factor = SpdFactor.of(a)) {
      return of(factor);
    }
  }

  /** The inverse of a matrix that is factored already. */
  public static GramInverse of(SpdFactor factor) {
    return new GramInverse(factor.inverse(), factor.reciprocalCondition());
  }

  /** Rows of A. */
  public int size() {
    return inverse.rows();
  }

  /** {@code A^-1 b}, pending steps included; a new matrix. */
  public Matrix solve(Matrix b) {
    Matrix x = Matrix.zeros(inverse.rows(), b.columns());
    SymmetricProduct.of(inverse, b, x, SymmetricProduct.PANEL);
    for (Step step : pending) {
      try (Matrix inner = step.half.transposeTimes(b)) {
        Blas.gemm(-step.sign, step.half, false, inner, false, 1, x);
      }
    }
    return x;
  }

  /** Adds keys (one a column) to A as a pending step and returns {@code A_new^-1 K}. */
  public Matrix absorb(Matrix keys) {
    return step(keys, 1);
  }

  /**
   * Takes keys out of A as a pending step and returns {@code A_new^-1 K}.
   *
   * @throws dev.emend.fault.Fault with code NUMERICS if A would not stay positive definite
   */
  public Matrix release(Matrix keys) {
    return step(keys, -1);
  }

  private Matrix step(Matrix keys, double sign) {
    try (Matrix solved = solve(keys);
        Matrix inner = keys.transposeTimes(solved)) {
      inner.scale(sign);
      for (int i = 0; i < inner.rows(); i++) {
        inner.set(i, i, inner.get(i, i) + 1);
      }
      try (SpdFactor factor = SpdFactor.of(inner)) {
        double condition = factor.reciprocalCondition();
        Matrix half = factor.halfOf(solved);
        worstStep = Math.min(worstStep, condition);
        pending.add(new Step(sign, half, condition));
        return factor.wholeOf(half);
      }
    }
  }

  /** Writes the pending steps into the stored inverse. */
  public void commit() {
    for (Step step : pending) {
      Blas.syrk(-step.sign, step.half, inverse);
      lost += 1 / step.reciprocalCondition;
    }
    rollback();
  }

  /** Forgets the pending steps. */
  public void rollback() {
    for (Step step : pending) {
      step.half.close();
    }
    pending.clear();
  }

  /** Reciprocal condition number of the A that was factored. */
  public double reciprocalCondition() {
    return reciprocalCondition;
  }

  /**
   * Smallest reciprocal condition number of the u x u system of any step so far, pending ones
   * included: about as many digits are gone from the inverse as it has zeros.
   */
  public double worstStep() {
    return worstStep;
  }

  /**
   * About how wrong the stored inverse is, relative to its size: the rounding of fp64 times A's
   * condition number, once for each step since the factorisation, more for an ill-conditioned one.
   * An upper bound in practice, by one to two orders of magnitude.
   */
  public double errorEstimate() {
    return Math.ulp(1.0) / reciprocalCondition * (1 + lost);
  }

  /** The stored values, pending steps left out. */
  Matrix values() {
    return inverse;
  }

  /** Sum of 1 / condition over the committed steps. */
  double lost() {
    return lost;
  }

  @Override
  public void close() {
    rollback();
    inverse.close();
  }
}
