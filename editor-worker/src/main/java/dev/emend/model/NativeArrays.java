package dev.emend.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
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
    return filled(
        manager,
        new Shape(shape),
        DataType.FLOAT32,
        values.length,
        memory -> memory.asFloatBuffer().put(values));
  }

  /** An int64 array with a copy of the values. */
  public static NDArray longs(NDManager manager, long[] values, long... shape) {
    return filled(
        manager,
        new Shape(shape),
        DataType.INT64,
        values.length,
        memory -> memory.asLongBuffer().put(values));
  }

  private static NDArray filled(
      NDManager manager, Shape shape, DataType type, int count, Consumer<ByteBuffer> values) {
    if (shape.size() != count) {
      throw new IllegalArgumentException(count + " values do not fill " + shape);
    }
    Device device = manager.getDevice();
    if (!device.isGpu()) {
      return written(manager.create(shape, type), values);
    }
    try (NDManager host = manager.newSubManager(Device.cpu())) {
      NDArray copy = written(host.create(shape, type), values).toDevice(device, true);
      copy.attach(manager);
      return copy;
    }
  }

  /**
   * Writes straight into the engine's memory. The engine's own way copies values into a buffer of
   * the JVM first, which stays until the collector comes by: a megabyte for each weight that is
   * replaced, and no pressure on the heap that would make it come.
   */
  private static NDArray written(NDArray array, Consumer<ByteBuffer> values) {
    if (array.size() > 0) {
      values.accept(array.toByteBuffer(true));
    }
    return array;
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
