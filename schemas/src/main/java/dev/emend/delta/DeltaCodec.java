package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The bytes of a tensor's update, as the README of this module specifies them: a header of 32 bytes
 * and little-endian 32-bit floats. Reading trusts no length: the header must agree with the number
 * of bytes at hand before anything is allocated. Stateless.
 */
public final class DeltaCodec {
  private DeltaCodec() {}

  /** Writes an update into a new buffer, ready to be read. */
  public static ByteBuffer encode(TensorUpdate update) {
    ByteBuffer payload = ByteBuffer.allocate(Math.toIntExact(encodedBytes(update)));
    if (update instanceof LowRankFactors factors) {
      new PayloadHeader(DeltaEncoding.LOW_RANK, factors.rank(), factors.out(), factors.in())
          .write(payload);
      put(payload, factors.resid());
      put(payload, factors.adj());
    } else if (update instanceof DenseValues dense) {
      new PayloadHeader(DeltaEncoding.DENSE, 0, dense.size(), 1).write(payload);
      put(payload, dense.values());
    }
    return payload.flip();
  }

  /** How many bytes {@link #encode} writes. */
  public static long encodedBytes(TensorUpdate update) {
    return PayloadHeader.BYTES + update.bodyBytes();
  }

  private static void put(ByteBuffer payload, FloatBuffer values) {
    int bytes = values.remaining() * Float.BYTES;
    payload.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    payload.position(payload.position() + bytes);
  }

  /**
   * Reads an update from the bytes between position and limit; the buffer is left as it is.
   *
   * @throws IllegalArgumentException with a reason if the bytes are malformed or a value is not
   *     finite
   */
  public static TensorUpdate decode(ByteBuffer payload) {
    ByteBuffer bytes = payload.duplicate();
    PayloadHeader header = PayloadHeader.read(bytes);
    if (bytes.remaining() != header.bodyBytes()) {
      throw new IllegalArgumentException(
          "has " + bytes.remaining() + " bytes of values instead of " + header.bodyBytes());
    }
    FloatBuffer values = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (header.encoding() == DeltaEncoding.DENSE) {
      return DenseValues.of(values);
    }
    int out = (int) header.out();
    int in = (int) header.in();
    int split = header.rank() * out;
    FloatBuffer resid = values.slice(0, split);
    FloatBuffer adj = values.slice(split, header.rank() * in);
    return LowRankFactors.of(header.rank(), out, in, resid, adj);
  }
}
