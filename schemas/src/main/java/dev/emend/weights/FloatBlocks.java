package dev.emend.weights;

import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * The values of a tensor in row-major order, handed out block by block so that a large tensor never
 * has to lie in memory at once. Each call of {@link #forEach} starts from the first value.
 */
@FunctionalInterface
public interface FloatBlocks {
  /** Hands each block to {@code sink}; a block is valid only until the sink returns. */
  void forEach(Consumer<FloatBuffer> sink);

  /** All values as one block; the array is not copied. */
  static FloatBlocks of(float[] values) {
    return sink -> sink.accept(FloatBuffer.wrap(values).asReadOnlyBuffer());
  }

  /** The values between position and limit as one block; the buffer is left as it is. */
  static FloatBlocks of(FloatBuffer values) {
    FloatBuffer view = values.asReadOnlyBuffer();
    return sink -> sink.accept(view.duplicate());
  }
}
