package dev.emend.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.LowRankFactors;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SubspaceFitTest {
  private static final double ROUNDING = 1e-6;

  private static RowMatrix ofRank(int rank, int out, int in, long seed) {
    Random random = new Random(seed);
    return RowMatrix.gaussian(out, rank, random).times(RowMatrix.gaussian(rank, in, random));
  }

  @Property(tries = 40)
  void shouldFindTheExactFactorsOfAMatrixOfSmallRank(
      @ForAll @IntRange(min = 1, max = 6) int rank,
      @ForAll @IntRange(min = 6, max = 30) int out,
      @ForAll @IntRange(min = 6, max = 30) int in,
      @ForAll long seed) {
    RowMatrix matrix = ofRank(rank, out, in, seed);

    LowRankFactors factors = SubspaceFit.of(matrix, new AdapterRank(16, 1e-9));

    assertThat(SubspaceFit.error(matrix, factors)).isLessThan(ROUNDING);
    assertThat(factors.rank()).isLessThanOrEqualTo(Math.min(rank + 1, Math.min(out, in)));
  }

  /** The best error of a rank is the root of the squares of the singular values that are left. */
  @Test
  void shouldTruncateAsWellAsTheSingularValuesAllow() {
    RowMatrix diagonal = new RowMatrix(20, 30);
    double left = 0;
    double all = 0;
    for (int i = 0; i < 20; i++) {
      double value = Math.pow(0.7, i);
      diagonal.set(i, i, value);
      all += value * value;
      left += i >= 5 ? value * value : 0;
    }

    LowRankFactors factors = SubspaceFit.of(diagonal, new AdapterRank(5, 0));

    assertThat(factors.rank()).isEqualTo(5);
    assertThat(SubspaceFit.error(diagonal, factors))
        .isCloseTo(Math.sqrt(left / all), Offset.offset(1e-3));
  }

  @Test
  void shouldTakeTheSmallestRankThatTheErrorAllows() {
    RowMatrix diagonal = new RowMatrix(10, 10);
    double[] values = {10, 5, 1, 0.1, 0.01, 0, 0, 0, 0, 0};
    for (int i = 0; i < values.length; i++) {
      diagonal.set(i, i, values[i]);
    }
    assertThat(SubspaceFit.of(diagonal, new AdapterRank(10, 0.02)).rank()).isEqualTo(3);
    assertThat(SubspaceFit.of(diagonal, new AdapterRank(2, 0.02)).rank()).isEqualTo(2);
  }

  @Test
  void shouldGiveEqualFactorsForEqualMatricesAndOneEmptyTermForNone() {
    AdapterRank rank = new AdapterRank(3, 0);
    LowRankFactors once = SubspaceFit.of(ofRank(4, 9, 12, 5), rank);
    LowRankFactors again = SubspaceFit.of(ofRank(4, 9, 12, 5), rank);
    assertThat(once.resid()).isEqualTo(again.resid());
    assertThat(once.adj()).isEqualTo(again.adj());

    LowRankFactors none = SubspaceFit.of(new RowMatrix(4, 5), rank);
    assertThat(none.rank()).isEqualTo(1);
    assertThat(SubspaceFit.error(new RowMatrix(4, 5), none)).isZero();
  }
}
