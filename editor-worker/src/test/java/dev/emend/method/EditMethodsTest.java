package dev.emend.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.memit.EditRequest;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EditMethodsTest {
  /** What counts as the null space of a tiny model's statistics, and a ridge of its size. */
  private static final MethodOptions.Projection WIDE = new MethodOptions.Projection(0.05, 1e-4);

  private static final MethodOptions.Descent FAST =
      new MethodOptions.Descent(20, 0.02, Double.POSITIVE_INFINITY);

  @TempDir Path folder;

  private static MethodOptions options(Optional<Integer> window) {
    return new MethodOptions(window, false, WIDE, FAST);
  }

  private static float[][] edited(TinyMethods tiny, MethodName name, Optional<Integer> window) {
    return edited(tiny, name, options(window));
  }

  /** The weights of the edited layers after a method edited all facts; restored afterwards. */
  private static float[][] edited(TinyMethods tiny, MethodName name, MethodOptions options) {
    try (EditMethod method = tiny.methods(options).open(name);
        StagedWeights stage = StagedWeights.of(tiny.model().decoder(), method.layers())) {
      method.edit(stage, TinyMethods.FACTS, Progress.NONE);
      return new float[][] {tiny.weight(0), tiny.weight(1)};
    }
  }

  @ParameterizedTest
  @EnumSource(MethodName.class)
  void shouldMakeAnObjectLikelierAndLeaveNothingBehind(MethodName name) {
    List<EditRequest.Assert> fact = TinyMethods.FACTS.subList(0, 1);
    try (TinyMethods tiny = TinyMethods.open(folder)) {
      double before = tiny.likelihood(fact);
      float[] first = tiny.weight(0);
      try (EditMethod method = tiny.methods(options(Optional.empty())).open(name)) {
        double[] after = new double[2];
        for (int round = 0; round < 2; round++) {
          try (StagedWeights stage = StagedWeights.of(tiny.model().decoder(), method.layers())) {
            method.edit(stage, fact, Progress.NONE);
            after[round] = tiny.likelihood(fact);
          }
          method.forget();
        }
        assertThat(after[0]).isGreaterThan(before).isEqualTo(after[1]);
      }
      assertThat(tiny.weight(0)).isEqualTo(first);
      assertThat(tiny.likelihood(fact)).isEqualTo(before);
    }
  }

  @Test
  void shouldDifferFromOneMassWindowOnlyByTheCut() {
    try (TinyMethods tiny = TinyMethods.open(folder)) {
      Optional<Integer> all = Optional.of(TinyMethods.FACTS.size());
      float[][] mass = edited(tiny, MethodName.MEMIT_MASS, Optional.empty());
      assertThat(edited(tiny, MethodName.MEMIT_SEQUENTIAL, all)).isDeepEqualTo(mass);
      float[] apart = edited(tiny, MethodName.MEMIT_SEQUENTIAL, Optional.empty())[1];
      float[] remembering = edited(tiny, MethodName.MEMIT_MASS, Optional.of(1))[1];
      assertThat(apart).isNotEqualTo(mass[1]).isNotEqualTo(remembering);
    }
  }

  @Test
  void shouldConsolidateAfterWindowsIfAsked() {
    try (TinyMethods tiny = TinyMethods.open(folder)) {
      MethodOptions compact = new MethodOptions(Optional.of(2), true, WIDE, FAST);
      float[] consolidated = edited(tiny, MethodName.MEMIT_MASS, compact)[1];
      assertThat(consolidated)
          .isNotEqualTo(edited(tiny, MethodName.MEMIT_MASS, Optional.of(2))[1])
          .isNotEqualTo(tiny.weight(1));
    }
  }

  @Test
  void shouldNameTheMethodsThatThereAre() {
    assertThat(MethodName.of("memit-Mass")).isEqualTo(MethodName.MEMIT_MASS);
    assertThatThrownBy(() -> MethodName.of("memoir"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("memit-sequential, rome");
  }
}
