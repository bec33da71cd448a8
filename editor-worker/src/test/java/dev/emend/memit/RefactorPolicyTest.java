package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.Naive;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A memory whose A is hardly invertible, and one that is well conditioned. */
final class RefactorPolicyTest {
  private static final int INPUTS = 8;

  private final Random random = new Random(5);

  @Test
  void shouldNotFactorAnewWhileAllIsWell() {
    try (LayerMemory memory = memory(1)) {
      absorb(memory, 50, 1);
      assertThat(memory.factorings()).isZero();
      assertThat(memory.inverse().errorEstimate()).isLessThan(1e-9);
    }
  }

  @Test
  void shouldFactorAnewWhenAnIllConditionedMemoryHasLostTooManyDigits() {
    try (LayerMemory memory = memory(1e-9)) {
      assertThat(memory.reciprocalCondition()).isLessThan(1e-8);
      absorb(memory, 40, 1e-4);
      assertThat(memory.factorings()).isPositive();
      assertThat(memory.inverse().errorEstimate())
          .isLessThan(16 * Math.ulp(1.0) / memory.reciprocalCondition() + 1e-6);
    }
  }

  @Test
  void shouldFactorAnewAfterSoManySteps() {
    try (LayerMemory memory = memory(1, new RefactorPolicy(10, 1))) {
      absorb(memory, 25, 1);
      assertThat(memory.factorings()).isEqualTo(2);
    }
  }

  @Test
  void shouldGiveTheSameGainsFromAFreshFactorAsFromScratch() {
    try (LayerMemory often = memory(1e-6, new RefactorPolicy(1, 1));
        LayerMemory never = memory(1e-6, new RefactorPolicy(1000, 1))) {
      random.setSeed(9);
      absorb(often, 20, 1);
      random.setSeed(9);
      absorb(never, 20, 1);
      try (Matrix key = Naive.toMatrix(Naive.random(INPUTS, 1, random));
          Matrix fresh = often.absorb(key);
          Matrix updated = never.absorb(key)) {
        double size = fresh.norm();
        updated.add(-1, fresh);
        assertThat(updated.norm()).isLessThan(1e-6 * size);
      }
    }
  }

  private void absorb(LayerMemory memory, int steps, double scale) {
    for (int i = 0; i < steps; i++) {
      try (Matrix key = Naive.toMatrix(Naive.random(INPUTS, 1, random))) {
        key.scale(scale);
        memory.absorb(key).close();
        memory.commit(
            List.of(),
            Map.of("f" + i, new LayerPair(0, FloatVector.of(key.column(0)), FloatVector.of(0f))));
      }
    }
  }

  private LayerMemory memory(double smallest) {
    return memory(smallest, RefactorPolicy.DEFAULT);
  }

  /** C is the identity but for one direction. */
  private static LayerMemory memory(double smallest, RefactorPolicy policy) {
    try (Matrix moment = Matrix.zeros(INPUTS, INPUTS)) {
      for (int i = 0; i < INPUTS; i++) {
        moment.set(i, i, i == 0 ? smallest : 1);
      }
      KeyStatistics.Origin origin = new KeyStatistics.Origin(1000, "corpus", "model");
      return new LayerMemory(
          new KeyPrior(0, 1, KeyStatistics.of(origin, Map.of(0, moment))), policy);
    }
  }
}
