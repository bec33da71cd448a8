package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LossScaleTest {
  @Test
  void shouldUndoTheFactorOnAGradient() {
    LossScale scale = LossScale.of(Precision.FP16);
    float[] gradient = {(float) scale.value(), 0, (float) (-2 * scale.value())};
    assertThat(scale.accepts(gradient)).isTrue();
    assertThat(gradient).containsExactly(1, 0, -2);
  }

  @Test
  void shouldHalveTheFactorUntilTheGradientFitsAndThenAcceptAnything() {
    LossScale scale = LossScale.of(Precision.FP16);
    double before = scale.value();
    float[] broken = {1, Float.NaN, Float.POSITIVE_INFINITY};
    assertThat(scale.accepts(broken)).isFalse();
    assertThat(scale.value()).isEqualTo(before / 2);
    while (scale.value() > 1) {
      assertThat(scale.accepts(broken)).isFalse();
    }
    assertThat(scale.accepts(broken)).isTrue();
    assertThat(broken[1]).isNaN();
  }

  @Test
  void shouldLeaveOtherPrecisionsAlone() {
    float[] gradient = {3, Float.NaN};
    assertThat(LossScale.of(Precision.BF16).value()).isEqualTo(1);
    assertThat(LossScale.of(Precision.FP32).accepts(gradient)).isTrue();
    assertThat(gradient[0]).isEqualTo(3);
  }
}
