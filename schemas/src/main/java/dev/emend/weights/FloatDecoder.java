package dev.emend.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Turns stored elements into 32-bit floats, a cache-sized block at a time. */
final class FloatDecoder {
  private static final int BLOCK = 1 << 14;

  private FloatDecoder() {}

  /** Decodes a little-endian buffer of whole elements; the buffer is left as it is. */
  static void decode(Dtype dtype, ByteBuffer bytes, Consumer<FloatBuffer> sink) {
    if (dtype == Dtype.F32) {
      sink.accept(bytes.asFloatBuffer());
      return;
    }
    int count = bytes.remaining() / dtype.bytes();
    float[] block = new float[Math.min(BLOCK, count)];
    for (int done = 0; done < count; done += BLOCK) {
      int length = Math.min(BLOCK, count - done);
      decode(dtype, bytes, bytes.position() + done * dtype.bytes(), block, length);
      sink.accept(FloatBuffer.wrap(block, 0, length));
    }
  }

  private static void decode(Dtype dtype, ByteBuffer bytes, int at, float[] block, int length) {
    for (int i = 0; i < length; i++) {
      int index = at + i * dtype.bytes();
      block[i] =
          switch (dtype) {
            case F16 -> HalfPrecision.fromHalf(bytes.getShort(index));
            case BF16 -> HalfPrecision.fromBfloat16(bytes.getShort(index));
            case F64 -> (float) bytes.getDouble(index);
            default -> throw new IllegalArgumentException(dtype + " is no float type");
          };
    }
  }
}
