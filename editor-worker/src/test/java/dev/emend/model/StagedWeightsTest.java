package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.event.WeightLayout;
import dev.emend.token.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StagedWeightsTest {
  /** As wide inside as outside, so that a transposed weight would have the same shape. */
  private static final ModelConfig SQUARE =
      new ModelConfig(
          Architectures.GPT2,
          61,
          16,
          24,
          2,
          3,
          3,
          8,
          24,
          1e-5,
          Activation.GELU_TANH,
          Optional.empty(),
          true,
          List.of(0));

  private final Decoder decoder = RandomModels.gpt2(SQUARE, 2);
  private final DownProjection projection = decoder.downProjection(1);
  private final float[] before = projection.values();

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void shouldRestoreWeightsThatAreNotCommitted() {
    try (StagedWeights stage = StagedWeights.of(decoder, List.of(0, 1))) {
      stage.replace(projection, filled(3));
      assertThat(projection.values()).containsOnly(3);
    }
    assertThat(projection.values()).isEqualTo(before);
  }

  @Test
  void shouldRestoreWeightsWhenTheWorkThrows() {
    assertThatThrownBy(
            () -> {
              try (StagedWeights stage = StagedWeights.of(decoder, List.of(1))) {
                stage.replace(projection, filled(3));
                throw new IllegalStateException("broken half-way");
              }
            })
        .hasMessage("broken half-way");
    assertThat(projection.values()).isEqualTo(before);
  }

  @Test
  void shouldKeepCommittedWeights() {
    try (StagedWeights stage = StagedWeights.of(decoder, List.of(1))) {
      stage.replace(projection, filled(4));
      assertThat(stage.original(projection)).isEqualTo(before);
      stage.commit();
    }
    assertThat(projection.values()).containsOnly(4);
  }

  @Test
  void shouldRefuseWeightsThatAreNotOnTheStage() {
    try (StagedWeights stage = StagedWeights.of(decoder, List.of(0))) {
      assertThatThrownBy(() -> stage.replace(projection, filled(1)))
          .hasMessageContaining("not on this stage");
    }
    assertThat(projection.values()).isEqualTo(before);
  }

  @Test
  void shouldSayHowASquareWeightIsLaidOut() {
    assertThat(projection.layout()).isEqualTo(WeightLayout.IN_OUT);
    assertThat(projection.name()).isEqualTo("transformer.h.1.mlp.c_proj.weight");
    assertThat(projection.inputs()).isEqualTo(24);
    TokenBatch batch = TokenBatch.of(TokenIds.of(7, 8, 9));
    float[] hidden = hidden(batch);
    float[] key = LayerTrace.read(decoder, batch, List.of(2), Set.of(1), Set.of()).keys(1).row(0);
    float[] moved = before.clone();
    int input = 5;
    int output = 11;
    moved[input * projection.outputs() + output] += 1;
    projection.replace(moved);
    float[] after = hidden(batch);
    for (int i = 0; i < after.length; i++) {
      float expected = hidden[i] + (i == output ? key[input] : 0);
      assertThat(after[i]).isCloseTo(expected, within(1e-5f));
    }
  }

  private float[] hidden(TokenBatch batch) {
    return LayerTrace.read(decoder, batch, List.of(2), Set.of(), Set.of(1)).hidden(1).row(0);
  }

  private float[] filled(float value) {
    float[] values = new float[before.length];
    Arrays.fill(values, value);
    return values;
  }
}
