package dev.emend.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 300})
  void shouldGiveBackTheMatrix(int size) {
    double[][] a = Naive.spd(size, 0.1, new Random(size));
    try (Matrix matrix = Naive.toMatrix(a);
        SymmetricEigen eigen = SymmetricEigen.of(matrix);
        Matrix vectors = eigen.smallest(size);
        Matrix identity = vectors.transposeTimes(vectors)) {
      double[][] scaled = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          scaled[i][j] = vectors.get(i, j) * eigen.value(j);
          assertThat(identity.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-10));
        }
      }
      try (Matrix product = Naive.toMatrix(scaled);
          Matrix flipped = vectors.transposed();
          Matrix back = product.times(flipped)) {
        assertThat(Naive.distance(back, a)).as("size %d", size).isLessThan(1e-11);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 40})
  void shouldCountAscendingEigenvaluesBelowAThreshold(int size) {
    double[][] a = Naive.spd(size, 1, new Random(size));
    try (Matrix matrix = Naive.toMatrix(a);
        SymmetricEigen eigen = SymmetricEigen.of(matrix)) {
      for (int i = 1; i < size; i++) {
        assertThat(eigen.value(i)).isGreaterThanOrEqualTo(eigen.value(i - 1));
      }
      assertThat(eigen.countBelow(eigen.value(2))).isEqualTo(2);
      assertThat(eigen.countBelow(0)).isZero();
      assertThat(eigen.countBelow(Double.POSITIVE_INFINITY)).isEqualTo(size);
    }
  }
}
