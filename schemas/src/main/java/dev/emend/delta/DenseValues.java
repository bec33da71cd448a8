package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import java.nio.FloatBuffer;

/** New values of a whole tensor, finite 32-bit floats in stored order. Immutable. */
public final class DenseValues implements TensorUpdate {
  private final float[] values;

  private DenseValues(float[] values) {
    this.values = values;
  }

  /**
   * Values, copied.
   *
   * @throws IllegalArgumentException if there are none or one is not finite
   */
  public static DenseValues of(float[] values) {
    return of(FloatBuffer.wrap(values));
  }

  /** As {@link #of(float[])}, from the remaining values of a buffer. */
  public static DenseValues of(FloatBuffer values) {
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    if (copy.length == 0) {
      throw new IllegalArgumentException("a dense update has at least one value");
    }
    FiniteValues.require("values", copy);
    return new DenseValues(copy);
  }

  @Override
  public DeltaEncoding encoding() {
    return DeltaEncoding.DENSE;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public long bodyBytes() {
    return (long) values.length * Float.BYTES;
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** A read-only view of the values. */
  public FloatBuffer values() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }
}
