package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TargetOptimiserTest {
  private static final List<EditRequest.Assert> FACTS =
      List.of(
          new EditRequest.Assert("a", "{} is in the city of", "The tower", "Rome"),
          new EditRequest.Assert("b", "The tongue of {} is", "Russ", "the English language"),
          new EditRequest.Assert("c", "{} is", "Russ", "is"),
          new EditRequest.Assert("d", "In the end, {} plays the", "Dani \uD83C\uDFB5", "violin"));

  @ParameterizedTest
  @EnumSource(TargetMethod.class)
  void shouldFindTheSameTargetsTogetherAndOneByOne(TargetMethod method, @TempDir Path folder) {
    try (TinyEditor tiny = TinyEditor.open(folder, method)) {
      List<EditTokens> facts = tokens(tiny);
      HyperParameters free = steps(tiny.editor().settings().numbers(), 0);
      double easiest =
          optimise(tiny, free, 100_000, facts).stream().mapToDouble(Target::loss).min().orElse(0);
      HyperParameters numbers = steps(free, easiest + 0.5);
      List<Target> together = optimise(tiny, numbers, 100_000, facts);
      List<Target> apart = optimise(tiny, numbers, 1, facts);
      for (int i = 0; i < facts.size(); i++) {
        assertThat(together.get(i).evaluations()).isEqualTo(apart.get(i).evaluations());
        assertThat(distance(together.get(i), apart.get(i))).isLessThan(1e-4);
      }
      assertThat(together.stream().map(Target::evaluations).distinct())
          .as("some end before others")
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void shouldClampTheLengthOfAStep() {
    NormalisedDescent descent = new NormalisedDescent(2, 3, 4);
    descent.step(new float[] {0, 5});
    assertThat(descent.delta()).containsExactly(0, -3);
    descent.step(new float[] {0, 5});
    assertThat(descent.delta()).containsExactly(0, -4);
    descent.step(new float[] {0, 0});
    assertThat(descent.delta()).containsExactly(0, -4);
  }

  /** Ten steps; a fact whose loss falls below {@code stop} leaves, so that the group shrinks. */
  private static HyperParameters steps(HyperParameters numbers, double stop) {
    return new HyperParameters(
        numbers.layers(),
        10,
        numbers.learningRate(),
        numbers.lambda(),
        20,
        0,
        0,
        stop,
        numbers.templates(),
        numbers.method());
  }

  private static List<EditTokens> tokens(TinyEditor tiny) {
    FactReader reader =
        FactReader.of(
            tiny.model().tokenizer(), tiny.editor().settings(), tiny.model().config().positions());
    List<EditTokens> facts = new ArrayList<>();
    for (EditRequest.Assert fact : FACTS) {
      if (reader.read(fact) instanceof ReadFact.Usable usable) {
        facts.add(usable.tokens());
      }
    }
    assertThat(facts).hasSameSizeAs(FACTS);
    return facts;
  }

  private static List<Target> optimise(
      TinyEditor tiny, HyperParameters numbers, int tokens, List<EditTokens> facts) {
    return new TargetOptimiser(tiny.model().decoder(), numbers, tokens)
        .optimise(facts, Progress.NONE);
  }

  private static double distance(Target a, Target b) {
    float[] left = a.z().toArray();
    float[] right = b.z().toArray();
    double wrong = 0;
    double size = 0;
    for (int i = 0; i < left.length; i++) {
      wrong += (left[i] - right[i]) * (left[i] - right[i]);
      size += right[i] * right[i];
    }
    return Math.sqrt(wrong / size);
  }
}
