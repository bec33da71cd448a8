package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The bytes of a tensor's update, as the README of this module specifies them: a header of 32 bytes
 * and 32-bit floats in one of two forms. Reading trusts no length: the header must agree with the
 * number of bytes at hand before anything is allocated. Stateless.
 */
public final class DeltaCodec {
  /** Below this many bytes of values another form than the plain one is not tried. */
  private static final int WORTH_PACKING = 4096;

  private DeltaCodec() {}

  /** Writes an update into a new buffer, ready to be read, in the plain form. */
  public static ByteBuffer encode(TensorUpdate update) {
    ByteBuffer payload = ByteBuffer.allocate(Math.toIntExact(encodedBytes(update)));
    header(update, PayloadForm.PLAIN).write(payload);
    values(update).forEach(part -> put(payload, part));
    return payload.flip();
  }

  /** As {@link #encode}, in the form that takes the fewest bytes. */
  public static ByteBuffer encodeSmallest(TensorUpdate update) {
    ByteBuffer plain = encode(update);
    if (update.bodyBytes() < WORTH_PACKING) {
      return plain;
    }
    ByteBuffer body = plain.duplicate().position(PayloadHeader.BYTES);
    byte[] packed = ExponentPlane.pack(body.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    if (packed.length >= update.bodyBytes()) {
      return plain;
    }
    ByteBuffer payload = ByteBuffer.allocate(PayloadHeader.BYTES + packed.length);
    header(update, PayloadForm.EXPONENTS_APART).write(payload);
    return payload.put(packed).flip();
  }

  /** How many bytes {@link #encode} writes. */
  public static long encodedBytes(TensorUpdate update) {
    return PayloadHeader.BYTES + update.bodyBytes();
  }

  private static PayloadHeader header(TensorUpdate update, PayloadForm form) {
    return update instanceof LowRankFactors factors
        ? new PayloadHeader(
            DeltaEncoding.LOW_RANK, form, factors.rank(), factors.out(), factors.in())
        : new PayloadHeader(DeltaEncoding.DENSE, form, 0, update.bodyBytes() / Float.BYTES, 1);
  }

  private static List<FloatBuffer> values(TensorUpdate update) {
    if (update instanceof LowRankFactors factors) {
      return List.of(factors.resid(), factors.adj());
    }
    return update instanceof DenseValues dense ? List.of(dense.values()) : List.of();
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
    FloatBuffer values = body(header, bytes);
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

  private static FloatBuffer body(PayloadHeader header, ByteBuffer bytes) {
    long wanted = header.bodyBytes();
    if (header.form() == PayloadForm.EXPONENTS_APART) {
      return ExponentPlane.unpack(bytes, wanted / Float.BYTES);
    }
    if (bytes.remaining() != wanted) {
      throw new IllegalArgumentException(
          "has " + bytes.remaining() + " bytes of values instead of " + wanted);
    }
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
