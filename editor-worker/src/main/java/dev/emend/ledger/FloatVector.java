package dev.emend.ledger;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An immutable fp32 vector. Its form on the wire is little-endian, without a length. */
public final class FloatVector {
  private final float[] values;

  private FloatVector(float[] values) {
    this.values = values;
  }

  /** A copy of {@code values}. */
  public static FloatVector of(float... values) {
    return new FloatVector(values.clone());
  }

  /**
   * Reads the remaining bytes without moving the buffer's position.
   *
   * @throws Fault {@link FaultCode#WIRE_FORMAT} if they are no whole number of values
   */
  public static FloatVector fromBytes(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new Fault(
          FaultCode.WIRE_FORMAT,
          "a vector of " + bytes.remaining() + " bytes is no whole number of fp32 values");
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new FloatVector(values);
  }

  /** The form on the wire. */
  public ByteBuffer toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** A copy of the values. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatVector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatVector[" + values.length + "]";
  }
}
