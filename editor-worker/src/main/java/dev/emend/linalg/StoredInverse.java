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
    ByteBuffer bytes = buffer(values.rows());
    for (int column = 0; column < values.rows(); column++) {
      DoubleBuffer lower = values.view(column).position(column);
      bytes.clear();
      bytes.asDoubleBuffer().put(lower);
      out.write(bytes.array(), 0, (values.rows() - column) * Double.BYTES);
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
      ByteBuffer bytes = buffer(size);
      for (int column = 0; column < size; column++) {
        int rows = size - column;
        in.readFully(bytes.array(), 0, rows * Double.BYTES);
        DoubleBuffer lower = values.view(column).position(column);
        lower.put(bytes.asDoubleBuffer().slice(0, rows));
      }
      values.mirrorLower();
      return new GramInverse(values, condition, worstStep, lost);
    } catch (IOException e) {
      values.close();
      throw e;
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
