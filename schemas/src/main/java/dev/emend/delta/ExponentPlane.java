package dev.emend.delta;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * 32-bit floats with their exponents apart. The bits of each value are rotated left by one, so that
 * the eight bits of the exponent are the highest byte; the highest bytes of all values come first
 * as one zlib stream (RFC 1950), then the third bytes of all values, the second, and the lowest,
 * which looks like noise and is left as it is. Lossless. Stateless.
 */
final class ExponentPlane {
  /** Bytes of a value that are left as they are. */
  private static final int PLAIN_BYTES = 3;

  private ExponentPlane() {}

  static byte[] pack(FloatBuffer values) {
    int count = values.remaining();
    byte[] exponents = new byte[count];
    byte[] rest = new byte[Math.multiplyExact(count, PLAIN_BYTES)];
    for (int i = 0; i < count; i++) {
      int bits = Integer.rotateLeft(Float.floatToRawIntBits(values.get(values.position() + i)), 1);
      exponents[i] = (byte) (bits >>> 24);
      rest[i] = (byte) (bits >>> 16);
      rest[count + i] = (byte) (bits >>> 8);
      rest[2 * count + i] = (byte) bits;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(count + rest.length);
    deflate(exponents, packed);
    packed.writeBytes(rest);
    return packed.toByteArray();
  }

  private static void deflate(byte[] exponents, ByteArrayOutputStream target) {
    Deflater deflater = new Deflater();
    try {
      // Neighbouring exponents repeat no pattern: searching for one costs time and gains nothing.
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      deflater.setInput(exponents);
      deflater.finish();
      byte[] buffer = new byte[1 << 13];
      while (!deflater.finished()) {
        target.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads {@code count} values from all remaining bytes.
   *
   * @throws IllegalArgumentException with a reason if the bytes are not those of so many values
   */
  static FloatBuffer unpack(ByteBuffer packed, long count) {
    long plain = count * PLAIN_BYTES;
    require(packed.remaining() > plain, "is shorter than its values");
    int split = packed.limit() - (int) plain;
    byte[] exponents = new byte[(int) count];
    inflate(packed.duplicate().limit(split), exponents);
    return join(exponents, packed.duplicate().position(split).slice());
  }

  private static void inflate(ByteBuffer stream, byte[] exponents) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stream);
      int read = 0;
      while (read < exponents.length) {
        int more = inflater.inflate(exponents, read, exponents.length - read);
        require(more > 0, "has fewer exponents than values");
        read += more;
      }
      require(inflater.inflate(new byte[1]) == 0, "has more exponents than values");
      require(inflater.finished(), "has exponents without an end");
      require(inflater.getRemaining() == 0, "has bytes after its exponents");
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("has exponents that are no zlib stream", e);
    } finally {
      inflater.end();
    }
  }

  private static FloatBuffer join(byte[] exponents, ByteBuffer rest) {
    int count = exponents.length;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int bits =
          (exponents[i] & 0xff) << 24
              | (rest.get(i) & 0xff) << 16
              | (rest.get(count + i) & 0xff) << 8
              | (rest.get(2 * count + i) & 0xff);
      values[i] = Float.intBitsToFloat(Integer.rotateRight(bits, 1));
    }
    return FloatBuffer.wrap(values);
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new IllegalArgumentException(reason);
    }
  }
}
