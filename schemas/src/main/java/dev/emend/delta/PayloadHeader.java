package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * The 32 bytes at the start of a payload, little endian: magic {@code EMDL}, u16 format version, u8
 * encoding, u8 transform, u32 rank, u32 zero, u64 out, u64 in. The body follows.
 */
record PayloadHeader(DeltaEncoding encoding, PayloadForm form, int rank, long out, long in) {
  static final int BYTES = 32;

  /** The four letters, read as a little-endian number. */
  private static final int MAGIC = 0x4c444d45;

  private static final short FORMAT_VERSION = 1;
  private static final byte LOW_RANK = 1;
  private static final byte DENSE = 2;

  void write(ByteBuffer target) {
    target
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putShort(FORMAT_VERSION)
        .put(encoding == DeltaEncoding.LOW_RANK ? LOW_RANK : DENSE)
        .put(form.code())
        .putInt(rank)
        .putInt(0)
        .putLong(out)
        .putLong(in);
  }

  /**
   * Reads a header and advances the buffer.
   *
   * @throws IllegalArgumentException with a reason if the bytes are no header that we know
   */
  static PayloadHeader read(ByteBuffer source) {
    require(source.remaining() >= BYTES, "has only %d bytes", source.remaining());
    source.order(ByteOrder.LITTLE_ENDIAN);
    int magic = source.getInt();
    require(magic == MAGIC, "starts with %08x, not with EMDL", Integer.reverseBytes(magic));
    int version = source.getShort();
    require(version == FORMAT_VERSION, "has format version %d; this reader knows 1", version);
    byte encoding = source.get();
    require(encoding == LOW_RANK || encoding == DENSE, "has the unknown encoding %d", encoding);
    byte transform = source.get();
    PayloadForm form = PayloadForm.of(transform);
    int rank = source.getInt();
    require(rank >= 0 && (rank == 0) == (encoding == DENSE), "has the impossible rank %d", rank);
    int reserved = source.getInt();
    require(reserved == 0, "has %d where 0 is wanted", reserved);
    DeltaEncoding named = encoding == LOW_RANK ? DeltaEncoding.LOW_RANK : DeltaEncoding.DENSE;
    return new PayloadHeader(named, form, rank, size(source.getLong()), size(source.getLong()));
  }

  private static long size(long size) {
    require(size >= 1 && size <= Integer.MAX_VALUE, "has the impossible size %d", size);
    return size;
  }

  /** Bytes of the values after this header, in the plain form. */
  long bodyBytes() {
    try {
      return encoding == DeltaEncoding.LOW_RANK
          ? Math.multiplyExact((long) rank, (out + in) * Float.BYTES)
          : Math.multiplyExact(out * in, (long) Float.BYTES);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("states more values than can exist", e);
    }
  }

  private static void require(boolean condition, String message, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, value));
    }
  }
}
