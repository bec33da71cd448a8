package dev.emend.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense fp64 matrix of rows x columns in native memory, column-major. Owns its memory until
 * {@link #close()}. Not thread-safe. At least one row and one column.
 */
public final class Matrix implements AutoCloseable {
  private final INDArray values;
  private final DoublePointer pointer;
  private final int rows;
  private final int columns;

  private Matrix(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no matrix of " + rows + " x " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.values = Nd4j.create(DataType.DOUBLE, new long[] {rows, columns}, 'f');
    this.pointer =
        new DoublePointer(values.data().addressPointer()).capacity((long) rows * columns);
  }

  /** All zero. */
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns);
  }

  /** From values in column-major order. */
  public static Matrix ofColumnMajor(int rows, int columns, double[] values) {
    return ofColumnMajor(rows, columns, DoubleBuffer.wrap(values));
  }

  /**
   * From the remaining values of a buffer in column-major order; a row-major array of columns x
   * rows, such as one key a row, has exactly this order.
   */
  public static Matrix ofColumnMajor(int rows, int columns, DoubleBuffer values) {
    if (values.remaining() != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values do not fill %d x %d".formatted(values.remaining(), rows, columns));
    }
    Matrix matrix = new Matrix(rows, columns);
    matrix.doubles().put(values.duplicate());
    return matrix;
  }

  /**
   * The transpose of a row-major matrix of {@code storedRows x storedColumns}: its values have the
   * same order in memory.
   */
  public static Matrix transposeOf(int storedRows, int storedColumns, float[] values) {
    Matrix matrix = new Matrix(storedColumns, storedRows);
    if (values.length != (long) storedRows * storedColumns) {
      throw new IllegalArgumentException(
          "%d values do not fill %d x %d".formatted(values.length, storedRows, storedColumns));
    }
    DoubleBuffer into = matrix.doubles();
    for (float value : values) {
      into.put(value);
    }
    return matrix;
  }

  /** From vectors of equal length, one a column. */
  public static Matrix ofColumns(List<float[]> vectors) {
    Matrix matrix = new Matrix(vectors.get(0).length, vectors.size());
    DoubleBuffer into = matrix.doubles();
    for (float[] vector : vectors) {
      if (vector.length != matrix.rows) {
        throw new IllegalArgumentException("columns of " + vector.length + " and " + matrix.rows);
      }
      for (float value : vector) {
        into.put(value);
      }
    }
    return matrix;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** One element. */
  public double get(int row, int column) {
    return pointer.get(index(row, column));
  }

  /** Sets one element. */
  public void set(int row, int column, double value) {
    pointer.put(index(row, column), value);
  }

  /** An independent copy. */
  public Matrix copy() {
    Matrix copy = new Matrix(rows, columns);
    for (int column = 0; column < columns; column++) {
      copy.view(column).put(view(column));
    }
    return copy;
  }

  /** An independent transposed copy. */
  public Matrix transposed() {
    Matrix flipped = new Matrix(columns, rows);
    DoubleBuffer[] from = views();
    for (int row = 0; row < rows; row++) {
      DoubleBuffer into = flipped.view(row);
      for (int column = 0; column < columns; column++) {
        into.put(column, from[column].get(row));
      }
    }
    return flipped;
  }

  /** {@code this * other}, a new matrix. */
  public Matrix times(Matrix other) {
    requireEqual(columns, other.rows);
    Matrix product = new Matrix(rows, other.columns);
    Blas.gemm(1, this, false, other, false, 0, product);
    return product;
  }

  /** {@code this^T * other}, a new matrix. */
  public Matrix transposeTimes(Matrix other) {
    requireEqual(rows, other.rows);
    Matrix product = new Matrix(columns, other.columns);
    Blas.gemm(1, this, true, other, false, 0, product);
    return product;
  }

  /** Adds {@code alpha * a * b^T} to this matrix. */
  public void addProduct(double alpha, Matrix a, Matrix b) {
    requireEqual(rows, a.rows);
    requireEqual(columns, b.rows);
    requireEqual(a.columns, b.columns);
    Blas.gemm(alpha, a, false, b, true, 1, this);
  }

  /** Adds {@code alpha * a * a^T} to this symmetric matrix. */
  public void addGram(double alpha, Matrix a) {
    addLowerGram(alpha, a);
    mirrorLower();
  }

  /**
   * Adds the lower triangle of {@code alpha * a * a^T}: for sums of many blocks, to be followed by
   * one {@link #mirrorLower}.
   */
  public void addLowerGram(double alpha, Matrix a) {
    requireEqual(rows, columns);
    requireEqual(rows, a.rows);
    Blas.syrk(alpha, a, this);
  }

  /** Multiplies every element by {@code factor}. */
  public void scale(double factor) {
    values.muli(factor);
  }

  /** Adds {@code alpha * other} to this matrix. */
  public void add(double alpha, Matrix other) {
    requireEqual(rows, other.rows);
    requireEqual(columns, other.columns);
    for (int column = 0; column < columns; column++) {
      DoubleBuffer from = other.view(column);
      DoubleBuffer into = view(column);
      for (int row = 0; row < rows; row++) {
        into.put(row, into.get(row) + alpha * from.get(row));
      }
    }
  }

  /** Copies the lower triangle into the upper one. */
  public void mirrorLower() {
    DoubleBuffer[] all = views();
    for (int column = 0; column < columns; column++) {
      for (int row = column + 1; row < rows; row++) {
        all[row].put(column, all[column].get(row));
      }
    }
  }

  /** Square root of the sum of squares. */
  public double norm() {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      DoubleBuffer all = view(column);
      for (int row = 0; row < rows; row++) {
        sum += all.get(row) * all.get(row);
      }
    }
    return Math.sqrt(sum);
  }

  /** Largest sum of absolute values in a column. */
  public double columnSumNorm() {
    double largest = 0;
    for (int column = 0; column < columns; column++) {
      DoubleBuffer all = view(column);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += Math.abs(all.get(row));
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  /** A copy of the columns from {@code from} to {@code to - 1}. */
  public Matrix columns(int from, int to) {
    Matrix part = new Matrix(rows, to - from);
    part.doubles().put(doubles().slice(from * rows, (to - from) * rows));
    return part;
  }

  /** One column in fp32. */
  public float[] column(int column) {
    float[] vector = new float[rows];
    for (int row = 0; row < rows; row++) {
      vector[row] = (float) get(row, column);
    }
    return vector;
  }

  /** All values in column-major order, a copy. */
  public double[] toColumnMajor() {
    double[] copy = new double[Math.toIntExact((long) rows * columns)];
    doubles().get(copy);
    return copy;
  }

  /**
   * The memory itself, without a copy, in native byte order and column-major: valid only while this
   * matrix is open and reachable.
   */
  public ByteBuffer bytes() {
    return pointer.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    if (!values.wasClosed()) {
      values.close();
    }
  }

  private DoubleBuffer[] views() {
    DoubleBuffer[] views = new DoubleBuffer[columns];
    for (int column = 0; column < columns; column++) {
      views[column] = view(column);
    }
    return views;
  }

  DoublePointer pointer() {
    return pointer;
  }

  DoubleBuffer doubles() {
    return bytes().asDoubleBuffer();
  }

  /**
   * The memory of one column, not a copy: valid only while this matrix is open and reachable. A
   * matrix of 2 GiB fits no buffer, its columns do.
   */
  public DoubleBuffer view(int column) {
    long from = index(0, column);
    DoublePointer start = new DoublePointer(pointer).position(from).limit(from + rows);
    return start.asByteBuffer().order(ByteOrder.nativeOrder()).asDoubleBuffer();
  }

  private long index(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException(
          "(%d, %d) in %d x %d".formatted(row, column, rows, columns));
    }
    return (long) column * rows + row;
  }

  private static void requireEqual(int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException("sizes " + left + " and " + right + " do not match");
    }
  }
}
