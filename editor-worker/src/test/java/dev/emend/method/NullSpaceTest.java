package dev.emend.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.Naive;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NullSpaceTest {
  private static final int SIZE = 12;
  private static final int FREE = 7;
  private static final double RIDGE = 0.3;

  /** Orthonormal columns, by Gram and Schmidt. */
  private static double[][] orthonormal(Random random) {
    double[][] q = Naive.random(SIZE, SIZE, random);
    for (int j = 0; j < SIZE; j++) {
      for (int before = 0; before < j; before++) {
        double overlap = 0;
        for (int i = 0; i < SIZE; i++) {
          overlap += q[i][before] * q[i][j];
        }
        for (int i = 0; i < SIZE; i++) {
          q[i][j] -= overlap * q[i][before];
        }
      }
      double square = 0;
      for (int i = 0; i < SIZE; i++) {
        square += q[i][j] * q[i][j];
      }
      for (int i = 0; i < SIZE; i++) {
        q[i][j] /= Math.sqrt(square);
      }
    }
    return q;
  }

  /** {@code Q diag Q^T}. */
  private static double[][] around(double[][] q, double[] diagonal) {
    double[][] scaled = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        scaled[i][j] = q[i][j] * diagonal[j];
      }
    }
    return Naive.times(scaled, Naive.transposed(q));
  }

  private static double[] diagonal(double free, double bound) {
    double[] values = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = i < FREE ? free * (i + 1) : bound * (i + 1);
    }
    return values;
  }

  private static double[] projector() {
    double[] values = new double[SIZE];
    Arrays.fill(values, 0, FREE, 1);
    return values;
  }

  /** The published form: {@code (P (K_p K_p^T + K K^T) + L2 I)^-1 P K}, dense and unsymmetric. */
  private static double[][] published(double[][] p, double[][] earlier, double[][] keys) {
    double[][] moment =
        Naive.plus(
            Naive.times(earlier, Naive.transposed(earlier)),
            1,
            Naive.times(keys, Naive.transposed(keys)));
    double[][] left = Naive.times(p, moment);
    for (int i = 0; i < SIZE; i++) {
      left[i][i] += RIDGE;
    }
    return Naive.solve(left, Naive.times(p, keys));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSolveWhatWasPublished(long seed) {
    Random random = new Random(seed);
    double[][] q = orthonormal(random);
    double[][] earlier = Naive.random(SIZE, 4, random);
    double[][] keys = Naive.random(SIZE, 3, random);
    double[][] expected = published(around(q, projector()), earlier, keys);
    try (Matrix moment = Naive.toMatrix(around(q, diagonal(1e-4, 1)));
        NullSpace space = NullSpace.of(moment, 0.02, RIDGE);
        Matrix before = Naive.toMatrix(earlier);
        Matrix now = Naive.toMatrix(keys)) {
      assertThat(space.dimensions()).isEqualTo(FREE);
      space.remember(before);
      try (Matrix gain = space.gain(now)) {
        assertThat(Naive.distance(gain, expected)).as("seed %d", seed).isLessThan(1e-10);
      }
    }
  }

  @Test
  void shouldLeaveAnswersToTextAloneAndForgetEarlierKeys() {
    Random random = new Random(9);
    double[][] q = orthonormal(random);
    double[][] keys = Naive.random(SIZE, 2, random);
    double[][] none = new double[SIZE][1];
    double[][] expected = published(around(q, projector()), none, keys);
    try (Matrix moment = Naive.toMatrix(around(q, diagonal(1e-4, 1)));
        NullSpace space = NullSpace.of(moment, 0.02, RIDGE);
        Matrix now = Naive.toMatrix(keys)) {
      space.remember(now);
      space.forget();
      try (Matrix gain = space.gain(now);
          Matrix basis = Naive.toMatrix(q);
          Matrix inside = basis.transposeTimes(gain)) {
        assertThat(Naive.distance(gain, expected)).isLessThan(1e-10);
        for (int i = FREE; i < SIZE; i++) {
          assertThat(Math.abs(inside.get(i, 0))).isLessThan(1e-10);
        }
      }
    }
  }

  @Test
  void shouldSayThatNothingIsFree() {
    try (Matrix moment = Naive.toMatrix(Naive.spd(SIZE, 5, new Random(1)))) {
      assertThatThrownBy(() -> NullSpace.of(moment, 1e-3, RIDGE))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("null-space threshold");
    }
  }
}
