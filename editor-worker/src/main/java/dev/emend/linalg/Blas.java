package dev.emend.linalg;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLeft;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasRight;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpocon;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotri;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrs;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsymm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;
import static org.bytedeco.openblas.global.openblas.cblas_dtrsm;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/**
 * The native routines in use, on column-major matrices, and nothing else: ND4J's own solve, inverse
 * and Cholesky are wrong or reject valid matrices, and LAPACK's dgesv needs a 16 MB stack.
 */
public final class Blas {
  private static final byte LOWER = 'L';
  private static final byte VECTORS = 'V';

  private Blas() {}

  /**
   * Sets the threads of the native library for the whole process. One is best on shared cores,
   * where its threads spin while they wait.
   */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one thread, not " + count);
    }
    blas_set_num_threads(count);
  }

  /** {@code into = alpha op(a) op(b) + beta into}; shapes are the caller's duty. */
  static void gemm(
      double alpha, Matrix a, boolean flipA, Matrix b, boolean flipB, double beta, Matrix into) {
    int inner = flipA ? a.rows() : a.columns();
    cblas_dgemm(
        CblasColMajor,
        flipA ? CblasTrans : CblasNoTrans,
        flipB ? CblasTrans : CblasNoTrans,
        into.rows(),
        into.columns(),
        inner,
        alpha,
        a.pointer(),
        a.rows(),
        b.pointer(),
        b.rows(),
        beta,
        into.pointer(),
        into.rows());
  }

  /** Lower triangle of {@code into += alpha a a^T}; the upper one is left alone. */
  static void syrk(double alpha, Matrix a, Matrix into) {
    cblas_dsyrk(
        CblasColMajor,
        CblasLower,
        CblasNoTrans,
        into.rows(),
        a.columns(),
        alpha,
        a.pointer(),
        a.rows(),
        1.0,
        into.pointer(),
        into.rows());
  }

  /**
   * Adds to some rows of {@code into} the block of a symmetric a on its diagonal times the same
   * rows of b; only the block's lower triangle is read.
   */
  static void symm(Matrix a, Matrix b, Matrix into, int from, int width) {
    cblas_dsymm(
        CblasColMajor,
        CblasLeft,
        CblasLower,
        width,
        b.columns(),
        1.0,
        a.pointer().getPointer((long) from * a.rows() + from),
        a.rows(),
        b.pointer().getPointer(from),
        b.rows(),
        1.0,
        into.pointer().getPointer(from),
        into.rows());
  }

  /**
   * With P what stands below the diagonal block of some columns of a: adds {@code P b_from} to the
   * rows of {@code into} below the block, or {@code P^T b_below} to those of the block.
   */
  static void panel(Matrix a, Matrix b, Matrix into, int from, int width, boolean flip) {
    int next = from + width;
    int below = a.rows() - next;
    cblas_dgemm(
        CblasColMajor,
        flip ? CblasTrans : CblasNoTrans,
        CblasNoTrans,
        flip ? width : below,
        b.columns(),
        flip ? below : width,
        1.0,
        a.pointer().getPointer((long) from * a.rows() + next),
        a.rows(),
        b.pointer().getPointer(flip ? next : from),
        b.rows(),
        1.0,
        into.pointer().getPointer(flip ? from : next),
        into.rows());
  }

  /** Solves {@code x L = b}, or {@code x L^T = b}, in place of {@code b}. */
  static void trsmFromRight(Matrix lower, boolean flip, Matrix b) {
    cblas_dtrsm(
        CblasColMajor,
        CblasRight,
        CblasLower,
        flip ? CblasTrans : CblasNoTrans,
        CblasNonUnit,
        b.rows(),
        b.columns(),
        1.0,
        lower.pointer(),
        lower.rows(),
        b.pointer(),
        b.rows());
  }

  /** Replaces the lower triangle by its Cholesky factor; refuses what is not positive definite. */
  static void potrf(Matrix a) {
    int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, LOWER, a.rows(), a.pointer(), a.rows());
    if (info != 0) {
      throw new Fault(
          FaultCode.NUMERICS,
          "the %d x %d matrix is not positive definite (dpotrf %d): raise lambda or use statistics over more text"
              .formatted(a.rows(), a.rows(), info));
    }
  }

  /** Solves {@code L L^T x = b} in place of {@code b}. */
  static void potrs(Matrix factor, Matrix b) {
    int n = factor.rows();
    require(
        "dpotrs",
        LAPACKE_dpotrs(
            LAPACK_COL_MAJOR, LOWER, n, b.columns(), factor.pointer(), n, b.pointer(), n));
  }

  /** Replaces the Cholesky factor in the lower triangle by the inverse of the factored matrix. */
  static void potri(Matrix factor) {
    int n = factor.rows();
    require("dpotri", LAPACKE_dpotri(LAPACK_COL_MAJOR, LOWER, n, factor.pointer(), n));
  }

  /**
   * Replaces a symmetric matrix, whose lower triangle counts, by its eigenvectors, and fills the
   * vector {@code values} with its eigenvalues in ascending order.
   */
  static void syevd(Matrix a, Matrix values) {
    int n = a.rows();
    require(
        "dsyevd",
        LAPACKE_dsyevd(LAPACK_COL_MAJOR, VECTORS, LOWER, n, a.pointer(), n, values.pointer()));
  }

  /** Estimate of 1 / (|A| |A^-1|) in the 1-norm, from A's factor and norm. */
  static double pocon(Matrix factor, double norm) {
    double[] rcond = new double[1];
    int n = factor.rows();
    int info;
    try (Matrix result = Matrix.zeros(1, 1)) {
      info =
          LAPACKE_dpocon(LAPACK_COL_MAJOR, LOWER, n, factor.pointer(), n, norm, result.pointer());
      rcond[0] = result.get(0, 0);
    }
    require("dpocon", info);
    return rcond[0];
  }

  private static void require(String routine, int info) {
    if (info != 0) {
      throw new Fault(FaultCode.NUMERICS, routine + " failed with code " + info);
    }
  }
}
