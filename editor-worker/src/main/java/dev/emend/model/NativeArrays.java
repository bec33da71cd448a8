package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;

/**
 * Arrays whose memory the engine owns.
 *
 * <p>An array made from a Java value borrows a Java buffer that the collector may free while a
 * gradient graph still reads it; the gradients are then garbage without any error. Everything that
 * enters a differentiable computation is therefore made here.
 */
public final class NativeArrays {
  private NativeArrays() {}

  /** A float32 array with a copy of the values. */
  public static NDArray floats(NDManager manager, float[] values, long... shape) {
    try (NDArray borrowed = manager.create(values, new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** An int64 array with a copy of the values. */
  public static NDArray longs(NDManager manager, long[] values, long... shape) {
    try (NDArray borrowed = manager.create(values, new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** A float32 scalar. */
  public static NDArray scalar(NDManager manager, double value) {
    return manager.full(new Shape(), (float) value);
  }

  /**
   * Runs {@code work} in a scope of its own, so that everything it makes is freed at its end except
   * its result, which joins the surrounding scope.
   */
  public static NDArray keeping(Supplier<NDArray> work) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = work.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }
}
