package dev.emend.linalg;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Random;

/**
 * Checks at start-up that the native library factors and solves correctly on this processor: some
 * builds return garbage from their AVX-512 kernels without any error code.
 */
public final class BlasSelfTest {
  private static final int SIZE = 256;
  private static final int RIGHT_HAND_SIDES = 8;
  private static final double LIMIT = 1e-10;

  private BlasSelfTest() {}

  /**
   * Solves a seeded 256 x 256 system and checks the residual in plain Java.
   *
   * @return the relative residual
   * @throws Fault with code BLAS_BROKEN above 1e-10, or if the factorisation fails
   */
  public static double require() {
    double residual;
    try {
      residual = residual(new Random(20_260_101L));
    } catch (Fault e) {
      throw new Fault(FaultCode.BLAS_BROKEN, broken("it rejects a valid matrix"), e);
    }
    if (!(residual <= LIMIT)) {
      throw new Fault(FaultCode.BLAS_BROKEN, broken("relative residual " + residual));
    }
    return residual;
  }

  private static String broken(String what) {
    return "the linear algebra library is wrong on this processor ("
        + what
        + "): use OpenBLAS 0.3.31 or newer, or set OPENBLAS_CORETYPE=Haswell";
  }

  private static double residual(Random random) {
    try (Matrix factorOf = gaussian(SIZE, SIZE, random);
        Matrix a = Matrix.zeros(SIZE, SIZE);
        Matrix b = gaussian(SIZE, RIGHT_HAND_SIDES, random)) {
      a.addGram(1, factorOf);
      for (int i = 0; i < SIZE; i++) {
        a.set(i, i, a.get(i, i) + SIZE);
      }
      try (SpdFactor factor = SpdFactor.of(a);
          Matrix x = factor.solve(b)) {
        return residual(a.toColumnMajor(), x.toColumnMajor(), b.toColumnMajor());
      }
    }
  }

  private static double residual(double[] a, double[] x, double[] b) {
    double wrong = 0;
    double size = 0;
    for (int column = 0; column < RIGHT_HAND_SIDES; column++) {
      for (int row = 0; row < SIZE; row++) {
        double sum = -b[column * SIZE + row];
        for (int k = 0; k < SIZE; k++) {
          sum += a[k * SIZE + row] * x[column * SIZE + k];
        }
        wrong += sum * sum;
        size += b[column * SIZE + row] * b[column * SIZE + row];
      }
    }
    return Math.sqrt(wrong / size);
  }

  private static Matrix gaussian(int rows, int columns, Random random) {
    double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
    return Matrix.ofColumnMajor(rows, columns, values);
  }
}
