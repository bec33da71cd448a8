package dev.emend.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Vectors of chosen tokens on the heap: one row a token, float32. Immutable. */
public final class TokenVectors {
  private final float[] values;
  private final int width;

  private TokenVectors(float[] values, int width) {
    this.values = values;
    this.width = width;
  }

  /** A copy of an array {@code [N, width]}. */
  static TokenVectors of(NDArray array) {
    return new TokenVectors(array.toFloatArray(), Math.toIntExact(array.getShape().get(1)));
  }

  /** Number of rows, N. */
  public int rows() {
    return values.length / width;
  }

  /** Length of a row. */
  public int width() {
    return width;
  }

  /** One value. */
  public float at(int row, int column) {
    if (column < 0 || column >= width) {
      throw new IndexOutOfBoundsException("column " + column + " of " + width);
    }
    return values[row * width + column];
  }

  /** A copy of one row. */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  /** A copy of all rows one after another. */
  public float[] toArray() {
    return values.clone();
  }
}
