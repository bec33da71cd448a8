package dev.emend.linalg;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * The bytes of a {@link GramInverse}: its numbers, then the lower triangle column by column as
 * little-endian fp64, half of what it takes in memory. Stateless.
 */
public final class StoredInverse {
  private StoredInverse() {}

  /**
   * Writes an inverse; pending steps are left out.
   *
   * @throws IOException if the stream does
   */
  public static void write(GramInverse inverse, DataOutput out) throws IOException {
    Matrix values = inverse.values();
    out.writeInt(values.rows());
    out.writeDouble(inverse.reciprocalCondition());
    out.writeDouble(inverse.worstStep());
    out.writeDouble(inverse.lost());
    byte[] bytes = new byte[values.rows() * Double.BYTES];
    for (int column = 0; column < values.rows(); column++) {
      DoubleBuffer lower = values.view(column).position(column);
      doubles(bytes).put(lower);
      out.write(bytes, 0, (values.rows() - column) * Double.BYTES);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the stream does, or ends early
   */
  public static GramInverse read(DataInput in) throws IOException {
    int size = in.readInt();
    double condition = in.readDouble();
    double worstStep = in.readDouble();
    double lost = in.readDouble();
    Matrix values = Matrix.zeros(size, size);
    try {
      byte[] bytes = new byte[size * Double.BYTES];
      for (int column = 0; column < size; column++) {
        int rows = size - column;
        in.readFully(bytes, 0, rows * Double.BYTES);
        DoubleBuffer lower = values.view(column).position(column);
        lower.put(doubles(bytes).slice(0, rows));
      }
      values.mirrorLower();
      return new GramInverse(values, condition, worstStep, lost);
    } catch (IOException e) {
      values.close();
      throw e;
    }
  }

  private static DoubleBuffer doubles(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
  }
}
