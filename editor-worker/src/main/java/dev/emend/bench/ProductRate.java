package dev.emend.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.time.Duration;

/** How fast this machine multiplies large fp32 matrices with the engine's threads. */
final class ProductRate {
  private static final int SIZE = 1024;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  private ProductRate() {}

  /** Billions of multiplications and additions a second. */
  static double measure(NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      NDArray a = manager.randomNormal(0, 1, new Shape(SIZE, SIZE), DataType.FLOAT32);
      NDArray b = manager.randomNormal(0, 1, new Shape(SIZE, SIZE), DataType.FLOAT32);
      multiply(a, b);
      long start = System.nanoTime();
      int products = 0;
      while (System.nanoTime() - start < LONG_ENOUGH.toNanos()) {
        multiply(a, b);
        products++;
      }
      double operations = 2.0 * SIZE * SIZE * SIZE * products;
      return operations / (System.nanoTime() - start);
    }
  }

  private static void multiply(NDArray a, NDArray b) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      a.matMul(b);
    }
  }
}
