package dev.emend.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SpdFactorTest {
  @Property(tries = 40)
  void shouldSolveAsGaussEliminationDoes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
    Random random = new Random(seed);
    double[][] a = Naive.spd(size, 1, random);
    double[][] b = Naive.random(size, 3, random);
    try (Matrix matrix = Naive.toMatrix(a);
        Matrix rhs = Naive.toMatrix(b);
        SpdFactor factor = SpdFactor.of(matrix);
        Matrix x = factor.solve(rhs);
        Matrix inverse = factor.inverse();
        Matrix viaInverse = inverse.times(rhs)) {
      double[][] expected = Naive.solve(a, b);
      assertThat(Naive.distance(x, expected)).isLessThan(1e-10);
      assertThat(Naive.distance(viaInverse, expected)).isLessThan(1e-10);
    }
  }

  @Test
  void shouldEstimateTheConditionOfADiagonalMatrix() {
    try (Matrix diagonal = Matrix.zeros(3, 3)) {
      diagonal.set(0, 0, 1);
      diagonal.set(1, 1, 10);
      diagonal.set(2, 2, 1000);
      try (SpdFactor factor = SpdFactor.of(diagonal)) {
        assertThat(factor.reciprocalCondition()).isCloseTo(1e-3, within(1e-9));
      }
    }
  }

  @Test
  void shouldSayWhatToDoWhenTheMatrixIsNotPositiveDefinite() {
    try (Matrix zero = Matrix.zeros(4, 4)) {
      assertThatThrownBy(() -> SpdFactor.of(zero))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("raise lambda")
          .extracting(e -> ((Fault) e).code())
          .isEqualTo(FaultCode.NUMERICS);
    }
  }

  @Test
  void shouldPassItsSelfTestOnThisProcessor() {
    assertThat(BlasSelfTest.require()).isLessThan(1e-12);
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
