package dev.emend.sink;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** A matrix of doubles, row-major. Products are spread over threads by rows. Not thread-safe. */
final class RowMatrix {
  private final int rows;
  private final int columns;
  private final double[] values;

  RowMatrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(rows, columns)];
  }

  static RowMatrix gaussian(int rows, int columns, Random random) {
    RowMatrix matrix = new RowMatrix(rows, columns);
    Arrays.setAll(matrix.values, i -> random.nextGaussian());
    return matrix;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  double get(int row, int column) {
    return values[row * columns + column];
  }

  void set(int row, int column, double value) {
    values[row * columns + column] = value;
  }

  /** {@code this (m x k) times other (k x n)}. */
  RowMatrix times(RowMatrix other) {
    RowMatrix product = new RowMatrix(rows, other.columns);
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            row -> {
              for (int k = 0; k < columns; k++) {
                product.add(row, get(row, k), other, k);
              }
            });
    return product;
  }

  /** {@code this^T times other}. */
  RowMatrix transposeTimes(RowMatrix other) {
    return transpose().times(other);
  }

  RowMatrix transpose() {
    RowMatrix turned = new RowMatrix(columns, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned.set(column, row, get(row, column));
      }
    }
    return turned;
  }

  /** Row {@code target} plus {@code factor} times a row of another matrix. */
  void add(int target, double factor, RowMatrix other, int source) {
    int to = target * columns;
    int from = source * columns;
    for (int j = 0; j < columns; j++) {
      values[to + j] += factor * other.values[from + j];
    }
  }

  double dot(int row, int other) {
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += values[row * columns + j] * values[other * columns + j];
    }
    return sum;
  }

  void scale(int row, double factor) {
    for (int j = 0; j < columns; j++) {
      values[row * columns + j] *= factor;
    }
  }

  /** Sum of the squares of all elements. */
  double squares() {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
