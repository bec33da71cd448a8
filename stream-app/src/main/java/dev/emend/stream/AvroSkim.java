package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the fields of a record in Confluent's classic wire form without reading the record,
 * where one field of many is wanted. Faults: WIRE_FORMAT where the bytes end early. One thread.
 */
final class AvroSkim {
  /** A zero and the schema id. */
  static final int FRAME_BYTES = 5;

  private final ByteBuffer bytes;

  private AvroSkim(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Stands before the first field. */
  static AvroSkim of(byte[] wire) {
    if (wire.length < FRAME_BYTES || wire[0] != 0) {
      throw cut();
    }
    return new AvroSkim(ByteBuffer.wrap(wire, FRAME_BYTES, wire.length - FRAME_BYTES));
  }

  /** The schema id of at least {@link #FRAME_BYTES} bytes. */
  static int schemaId(byte[] wire) {
    return ByteBuffer.wrap(wire).getInt(1);
  }

  /** Steps over texts. */
  AvroSkim skipTexts(int count) {
    for (int i = 0; i < count; i++) {
      int length = length();
      bytes.position(bytes.position() + length);
    }
    return this;
  }

  /**
   * Reads an int, a long, the ordinal of an enum, the branch of a union or the count of a block.
   */
  long number() {
    long read = 0;
    try {
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = bytes.get();
        read |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return (read >>> 1) ^ -(read & 1);
        }
      }
    } catch (BufferUnderflowException e) {
      throw cut();
    }
    throw cut();
  }

  /** Steps over a union of null and a text. */
  void skipOptionalText() {
    if (number() != 0) {
      skipTexts(1);
    }
  }

  /** Reads a union of null and a text. */
  @Nullable String optionalText() {
    if (number() == 0) {
      return null;
    }
    int length = length();
    String text =
        new String(
            bytes.array(), bytes.arrayOffset() + bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  /** Reads a union of null and a number. */
  @Nullable Long optionalNumber() {
    return number() == 0 ? null : number();
  }

  private int length() {
    long length = number();
    if (length < 0 || length > bytes.remaining()) {
      throw cut();
    }
    return (int) length;
  }

  /** Where it stands, from the beginning of the wire form. */
  int position() {
    return bytes.position();
  }

  private static Fault cut() {
    return new Fault(FaultCode.WIRE_FORMAT, "the bytes end within a field or begin with no schema");
  }
}
