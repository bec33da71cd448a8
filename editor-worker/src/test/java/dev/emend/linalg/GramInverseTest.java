package dev.emend.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class GramInverseTest {
  @Property(tries = 30)
  void shouldGainAsTheDenseSolveOverAllKeysDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 24) int size,
      @ForAll @IntRange(min = 1, max = 6) int early,
      @ForAll @IntRange(min = 1, max = 30) int late) {
    Random random = new Random(seed);
    double[][] a = Naive.spd(size, 1, random);
    double[][] first = Naive.random(size, early, random);
    double[][] second = Naive.random(size, late, random);
    double[][] grown = grown(grown(a, 1, first), 1, second);
    try (Matrix start = Naive.toMatrix(a);
        Matrix firstKeys = Naive.toMatrix(first);
        Matrix secondKeys = Naive.toMatrix(second);
        GramInverse inverse = GramInverse.of(start);
        Matrix ignored = inverse.absorb(firstKeys);
        Matrix gain = inverse.absorb(secondKeys)) {
      assertThat(ignored.columns()).isEqualTo(early);
      double[][] expected = Naive.solve(grown, second);
      assertThat(Naive.distance(gain, expected)).isLessThan(1e-9);
      inverse.commit();
      try (Matrix solved = inverse.solve(secondKeys)) {
        assertThat(Naive.distance(solved, expected)).isLessThan(1e-9);
      }
    }
  }

  @Property(tries = 30)
  void shouldForgetAKeyThatIsReleased(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 24) int size) {
    Random random = new Random(seed);
    double[][] a = Naive.spd(size, 1, random);
    double[][] standing = Naive.random(size, 3, random);
    double[][] leaving = Naive.random(size, 2, random);
    try (Matrix start = Naive.toMatrix(a);
        Matrix standingKeys = Naive.toMatrix(standing);
        Matrix leavingKeys = Naive.toMatrix(leaving);
        GramInverse inverse = GramInverse.of(start);
        Matrix one = inverse.absorb(standingKeys);
        Matrix two = inverse.absorb(leavingKeys)) {
      inverse.commit();
      try (Matrix gain = inverse.release(leavingKeys);
          Matrix solved = inverse.solve(standingKeys)) {
        double[][] without = grown(a, 1, standing);
        assertThat(Naive.distance(gain, Naive.solve(without, leaving))).isLessThan(1e-8);
        assertThat(Naive.distance(solved, Naive.solve(without, standing))).isLessThan(1e-8);
        assertThat(one.rows()).isEqualTo(two.rows());
      }
    }
  }

  @Test
  void shouldBeUntouchedAfterARollback() {
    Random random = new Random(11);
    double[][] keys = Naive.random(8, 2, random);
    try (Matrix start = Naive.toMatrix(Naive.spd(8, 1, random));
        Matrix columns = Naive.toMatrix(keys);
        GramInverse inverse = GramInverse.of(start);
        Matrix before = inverse.solve(columns);
        Matrix gain = inverse.absorb(columns)) {
      inverse.rollback();
      try (Matrix after = inverse.solve(columns)) {
        assertThat(after.toColumnMajor()).isEqualTo(before.toColumnMajor());
        assertThat(after.toColumnMajor()).isNotEqualTo(gain.toColumnMajor());
      }
    }
  }

  @Test
  void shouldRefuseToReleaseAKeyThatWasNeverAbsorbed() {
    try (Matrix start = Matrix.zeros(3, 3);
        Matrix large = Matrix.zeros(3, 1)) {
      for (int i = 0; i < 3; i++) {
        start.set(i, i, 1);
        large.set(i, 0, 5);
      }
      try (GramInverse inverse = GramInverse.of(start)) {
        assertThatThrownBy(() -> inverse.release(large)).isInstanceOf(Fault.class);
        assertThat(inverse.size()).isEqualTo(3);
      }
    }
  }

  private static double[][] grown(double[][] a, double sign, double[][] keys) {
    return Naive.plus(a, sign, Naive.times(keys, Naive.transposed(keys)));
  }
}
