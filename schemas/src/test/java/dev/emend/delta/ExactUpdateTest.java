package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.WeightLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

class ExactUpdateTest {
  private static ExecutorService executor = Executors.newSingleThreadExecutor();

  @BeforeContainer
  static void startThreads() {
    executor = Executors.newFixedThreadPool(3);
  }

  @AfterContainer
  static void stopThreads() {
    executor.shutdownNow();
  }

  @Property(tries = 150)
  void shouldGiveTheBitsOfTheNaiveSumForAnyBlockingAndAnyThreads(
      @ForAll @IntRange(min = 1, max = 2 * RankOneKernel.DEPTH + 3) int rank,
      @ForAll @IntRange(min = 1, max = 13) int rows,
      @ForAll @IntRange(min = 1, max = 2 * RankOneKernel.BLOCK + 9) int columns,
      @ForAll WeightLayout layout,
      @ForAll @IntRange(min = 1, max = 7) int parts,
      @ForAll long seed) {
    Random random = new Random(seed);
    MatrixShape shape = MatrixShape.of(layout, List.of((long) rows, (long) columns));
    LowRankFactors factors = TestDeltas.factors(random, rank, shape.out(), shape.in());
    float[] weight = TestDeltas.values(random, shape.elements());
    float[] expected = NaiveUpdate.apply(weight, shape, factors);

    float[] blocked = weight.clone();
    ExactUpdate.sequential().apply(blocked, shape, factors);
    float[] spread = weight.clone();
    ExactUpdate.parallel(executor, parts).apply(spread, shape, factors);

    assertThat(TestDeltas.bits(blocked)).isEqualTo(TestDeltas.bits(expected));
    assertThat(TestDeltas.bits(spread)).isEqualTo(TestDeltas.bits(expected));
  }

  /** Long enough that the loops run as vector code of the optimising compiler. */
  @Test
  void shouldGiveTheBitsOfTheNaiveSumInCompiledCode() {
    Random random = new Random(11);
    for (WeightLayout layout : WeightLayout.values()) {
      MatrixShape shape = new MatrixShape(layout, 96, 1031);
      LowRankFactors factors = TestDeltas.factors(random, 23, 96, 1031);
      float[] weight = TestDeltas.values(random, shape.elements());
      int[] expected = TestDeltas.bits(NaiveUpdate.apply(weight, shape, factors));
      for (int round = 0; round < 30; round++) {
        float[] updated = weight.clone();
        ExactUpdate.sequential().apply(updated, shape, factors);
        assertThat(TestDeltas.bits(updated)).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldTreatTheTwoLayoutsOfASquareWeightAsTransposes() {
    Random random = new Random(3);
    int side = 17;
    LowRankFactors factors = TestDeltas.factors(random, 5, side, side);
    float[] outFirst = new float[side * side];
    float[] inFirst = new float[side * side];

    ExactUpdate update = ExactUpdate.sequential();
    update.apply(outFirst, new MatrixShape(WeightLayout.OUT_IN, side, side), factors);
    update.apply(inFirst, new MatrixShape(WeightLayout.IN_OUT, side, side), factors);

    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        assertThat(outFirst[i * side + j]).isEqualTo(inFirst[j * side + i]);
      }
    }
    assertThat(outFirst).isNotEqualTo(inFirst);
  }

  @Test
  void shouldRoundTheProductBeforeTheSum() {
    float a = 1 + 0x1p-12f;
    float fused = Math.fma(a, a, -1f);
    float[] weight = {-1f};
    LowRankFactors factors = LowRankFactors.of(1, 1, 1, new float[] {a}, new float[] {a});

    ExactUpdate.sequential().apply(weight, new MatrixShape(WeightLayout.OUT_IN, 1, 1), factors);

    assertThat(weight[0]).isEqualTo(a * a - 1f).isNotEqualTo(fused);
  }

  @Test
  void shouldRefuseFactorsThatDoNotFit() {
    LowRankFactors factors = TestDeltas.factors(new Random(1), 2, 3, 4);
    ExactUpdate update = ExactUpdate.sequential();
    MatrixShape shape = new MatrixShape(WeightLayout.OUT_IN, 4, 3);
    assertThatThrownBy(() -> update.apply(new float[12], shape, factors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit");
    MatrixShape fitting = new MatrixShape(WeightLayout.OUT_IN, 3, 4);
    assertThatThrownBy(() -> update.apply(new float[11], fitting, factors))
        .hasMessageContaining("11 elements");
  }
}
