package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.emend.weights.FloatBlocks;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Fills arrays of any size and precision with values that come in blocks. The arrays outlive the
 * {@link NDScope} that they are made in. One thread at a time.
 */
final class ArrayFiller {
  /** Values copied at once. */
  private static final int PIECE = 1 << 20;

  /** Pieces on the heap and in native memory while an array is filled. */
  static final long STAGING_BYTES = 6L * Float.BYTES * PIECE;

  private final NDManager manager;
  private final TorchOps ops;

  ArrayFiller(NDManager manager, TorchOps ops) {
    this.manager = manager;
    this.ops = ops;
  }

  /**
   * An array of that shape with all the values, in row-major order.
   *
   * @param precision fp32, or that of the operations
   */
  NDArray filled(FloatBlocks values, Precision precision, long... shape) {
    NDArray array = empty(precision, shape);
    NDScope.unregister(array);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray flat = array.reshape(array.getShape().size());
      Pieces pieces = new Pieces(flat);
      values.forEach(pieces::take);
      pieces.flush();
    }
    return array;
  }

  private NDArray empty(Precision precision, long... shape) {
    Shape size = new Shape(shape);
    if (precision == Precision.FP32) {
      return manager.zeros(size);
    }
    // The engine's Java side cannot name bfloat16; a broadcast scalar lends its shape only.
    return NativeArrays.keeping(
        () -> ops.call("low_zeros_like", manager.zeros(new Shape(1)).broadcast(size)));
  }

  /** Gathers small blocks into pieces worth a copy. */
  private final class Pieces {
    private final NDArray flat;
    private final float[] waiting;
    private int count;
    private long written;

    Pieces(NDArray flat) {
      this.flat = flat;
      this.waiting = new float[(int) Math.min(PIECE, flat.getShape().size())];
    }

    void take(FloatBuffer block) {
      FloatBuffer rest = block.duplicate();
      while (rest.hasRemaining()) {
        int length = Math.min(rest.remaining(), waiting.length - count);
        rest.get(waiting, count, length);
        count += length;
        if (count == waiting.length) {
          flush();
        }
      }
    }

    void flush() {
      if (count == 0) {
        return;
      }
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] exact = count == waiting.length ? waiting : Arrays.copyOf(waiting, count);
        NDArray part = flat.get(new NDIndex("{}:{}", written, written + count));
        ops.call("assign", part, NativeArrays.floats(manager, exact, count));
      }
      written += count;
      count = 0;
    }
  }
}
