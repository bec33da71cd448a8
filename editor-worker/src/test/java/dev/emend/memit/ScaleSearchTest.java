package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleSearchTest {
  private static final float[] START = {3, 4};
  private static final float[] GRADIENT = {0, -2};

  @Test
  void shouldGoAlongTheGradientAsFarAsTheLossFalls() {
    TargetSearch search = search(6, 4);
    search.evaluated(9, GRADIENT);
    assertThat(search.delta())
        .as("one length of h0")
        .containsExactly(new float[] {0, 5}, within(1e-6f));
    assertThat(search.wantsGradient()).isFalse();
    search.evaluated(4, new float[0]);
    assertThat(search.delta()).containsExactly(new float[] {0, 7.5f}, within(1e-6f));
    search.evaluated(5, new float[0]);

    assertThat(search.done()).isTrue();
    assertThat(search.target().z().toArray()).containsExactly(new float[] {3, 9}, within(1e-6f));
    assertThat(search.target().loss()).isCloseTo(4, within(0.1));
    assertThat(search.target().evaluations()).isEqualTo(3);
  }

  @Test
  void shouldEndAtTheClampAndAtALowLoss() {
    TargetSearch clamped = search(9, 1.2);
    clamped.evaluated(9, GRADIENT);
    clamped.evaluated(8, new float[0]);
    assertThat(clamped.delta()).containsExactly(new float[] {0, 6}, within(1e-6f));
    clamped.evaluated(7, new float[0]);
    assertThat(clamped.done()).isTrue();

    TargetSearch found = search(9, 4);
    found.evaluated(9, GRADIENT);
    found.evaluated(0.01, new float[0]);
    assertThat(found.done()).isTrue();
    assertThat(found.target().z().toArray()).containsExactly(new float[] {3, 9}, within(1e-6f));
  }

  @Test
  void shouldStayAtH0IfNoLengthIsBetter() {
    TargetSearch search = search(5, 4);
    search.evaluated(1, GRADIENT);
    search.evaluated(2, new float[0]);

    assertThat(search.done()).isTrue();
    assertThat(search.target().z().toArray()).containsExactly(START);
  }

  @Test
  void shouldTakeOutOfADirectionWhatAllFactsHaveInCommon() {
    GradientScale scale = new GradientScale(2);
    for (int i = 0; i < 20_000; i++) {
      scale.scale(new float[] {10, i % 2 == 0 ? 1 : -1});
    }
    float[] last = {10, 1};
    scale.scale(last);

    assertThat(last[1] / last[0]).isCloseTo(1, within(0.05f));
    float[] first = {3, 4};
    new GradientScale(2).scale(first);
    assertThat(first[1] / first[0]).as("hardly changed").isCloseTo(4 / 3f, within(0.05f));
  }

  private static TargetSearch search(int steps, double clamp) {
    return TargetSearch.start(
        new HyperParameters(
            List.of(0), steps, 1, 1, clamp, 0.01, 0, 0.05, 1, TargetMethod.ONE_STEP),
        START);
  }
}
