package dev.emend.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MatrixTest {
  @Property(tries = 40)
  void shouldMultiplyAsTheNaiveProductDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 17) int rows,
      @ForAll @IntRange(min = 1, max = 17) int inner,
      @ForAll @IntRange(min = 1, max = 17) int columns) {
    Random random = new Random(seed);
    double[][] a = Naive.random(rows, inner, random);
    double[][] b = Naive.random(inner, columns, random);
    double[][] expected = Naive.times(a, b);
    try (Matrix left = Naive.toMatrix(a);
        Matrix right = Naive.toMatrix(b);
        Matrix flipped = left.transposed();
        Matrix rightFlipped = right.transposed();
        Matrix product = left.times(right);
        Matrix viaTranspose = flipped.transposeTimes(right);
        Matrix accumulated = product.copy()) {
      accumulated.addProduct(-1, left, rightFlipped);
      assertThat(Naive.distance(product, expected)).isLessThan(1e-12);
      assertThat(Naive.distance(viaTranspose, expected)).isLessThan(1e-12);
      assertThat(accumulated.norm()).isLessThan(1e-10);
    }
  }

  @Test
  void shouldAddTheFullSymmetricGram() {
    double[][] k = Naive.random(9, 4, new Random(3));
    try (Matrix keys = Naive.toMatrix(k);
        Matrix gram = Matrix.zeros(9, 9)) {
      gram.addGram(2, keys);
      double[][] once = Naive.times(k, Naive.transposed(k));
      assertThat(Naive.distance(gram, Naive.plus(once, 1, once))).isLessThan(1e-13);
    }
  }

  @Test
  void shouldTakeOneKeyARowAsOneKeyAColumn() {
    DoubleBuffer rowMajorKeys = DoubleBuffer.wrap(new double[] {1, 2, 3, 4, 5, 6});
    try (Matrix keys = Matrix.ofColumnMajor(3, 2, rowMajorKeys);
        Matrix same = Matrix.ofColumns(List.of(new float[] {1, 2, 3}, new float[] {4, 5, 6}))) {
      assertThat(keys.column(1)).containsExactly(4, 5, 6);
      assertThat(same.toColumnMajor()).isEqualTo(keys.toColumnMajor());
    }
  }

  @Test
  void shouldShareItsMemoryWithItsBytes() {
    try (Matrix matrix = Matrix.zeros(2, 2)) {
      matrix.bytes().asDoubleBuffer().put(2, 7.0);
      assertThat(matrix.get(0, 1)).isEqualTo(7.0);
    }
  }

  @Test
  void shouldRefuseShapesThatDoNotFit() {
    try (Matrix a = Matrix.zeros(2, 3);
        Matrix b = Matrix.zeros(2, 3)) {
      assertThatThrownBy(() -> a.times(b)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> a.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> Matrix.zeros(0, 3)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
