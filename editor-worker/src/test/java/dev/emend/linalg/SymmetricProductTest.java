package dev.emend.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class SymmetricProductTest {
  @Property(tries = 60)
  void shouldMultiplyAsTheNaiveProductDoesAndReadTheLowerTriangleAlone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 23) int size,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @IntRange(min = 1, max = 8) int panel) {
    Random random = new Random(seed);
    double[][] full = Naive.spd(size, 1, random);
    double[][] right = Naive.random(size, columns, random);
    try (Matrix lower = Naive.toMatrix(full);
        Matrix b = Naive.toMatrix(right);
        Matrix product = Naive.toMatrix(Naive.random(size, columns, random))) {
      for (int row = 0; row < size; row++) {
        for (int column = row + 1; column < size; column++) {
          lower.set(row, column, Double.NaN);
        }
      }
      SymmetricProduct.of(lower, b, product, panel);
      assertThat(Naive.distance(product, Naive.times(full, right))).isLessThan(1e-12);
    }
  }
}
