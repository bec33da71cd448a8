package dev.emend.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.memit.EditRequest;
import dev.emend.model.Continuation;
import dev.emend.model.DownProjection;
import dev.emend.model.StagedWeights;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeightGradientTest {
  private static final float STEP = 0.02f;

  @Test
  void shouldAgreeWithDifferencesOfTheLoss(@TempDir Path folder) {
    try (TinyMethods tiny = TinyMethods.open(folder)) {
      List<Continuation> facts =
          tiny.methods(MethodOptions.PUBLISHED).probe().statements(TinyMethods.FACTS);
      DownProjection projection = tiny.model().decoder().downProjection(1);
      WeightGradient gradient =
          new WeightGradient(tiny.model().decoder(), List.of(projection), facts, 16);
      WeightGradient.Reading reading = gradient.read();
      assertThat(reading.loss()).isCloseTo(-tiny.likelihood(TinyMethods.FACTS), within(1e-4));
      assertThat(gradient.read().gradients().get(0)).isEqualTo(reading.gradients().get(0));
      float[] values = projection.values();
      for (int index : largest(reading.gradients().get(0))) {
        double up = lossWith(tiny, projection, values, index, STEP);
        double down = lossWith(tiny, projection, values, index, -STEP);
        assertThat((double) reading.gradients().get(0)[index])
            .as("weight %d", index)
            .isCloseTo((up - down) / (2 * STEP), within(5e-3));
      }
    }
  }

  /** Where a difference is far from rounding. */
  private static int[] largest(float[] gradient) {
    return IntStream.range(0, gradient.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -Math.abs(gradient[i])))
        .limit(5)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double lossWith(
      TinyMethods tiny, DownProjection projection, float[] values, int index, float change) {
    try (StagedWeights stage = StagedWeights.of(List.of(projection))) {
      float[] moved = values.clone();
      moved[index] += change;
      stage.replace(projection, moved);
      List<EditRequest.Assert> facts = TinyMethods.FACTS;
      return -tiny.likelihood(facts);
    }
  }
}
