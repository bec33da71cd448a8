package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDScope;
import dev.emend.token.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitecturesTest {
  private static final TokenIds ROW = TokenIds.of(5, 17, 60, 2, 2, 33, 8);
  private static final RotaryConfig PLAIN = new RotaryConfig(10_000, 8, Optional.empty());
  private static final RotaryConfig PART = new RotaryConfig(10_000, 4, Optional.empty());
  private static final RotaryConfig ODD = new RotaryConfig(10_000, 3, Optional.empty());
  private static final RotaryConfig STRETCHED =
      new RotaryConfig(
          500,
          8,
          Optional.of(new RotaryConfig.Scaling(RotaryConfig.Scaling.Kind.LLAMA3, 8, 1, 4, 16)));

  static Stream<ModelConfig> models() {
    return Stream.of(
        model(Architectures.GPT_J, 3, Activation.GELU_TANH, PART, false),
        model(Architectures.GPT_NEOX, 3, Activation.GELU_TANH, ODD, false),
        model(
            Architectures.GPT_NEOX.withResidual(Layout.Residual.SEQUENTIAL),
            3,
            Activation.RELU,
            PLAIN,
            false),
        model(Architectures.LLAMA, 3, Activation.SILU, PLAIN, false),
        model(Architectures.LLAMA, 1, Activation.SILU, STRETCHED, true),
        model(Architectures.MISTRAL, 1, Activation.SILU, PLAIN, false),
        model(Architectures.QWEN2, 1, Activation.SILU, PLAIN, true),
        model(Architectures.QWEN3, 1, Activation.SILU, PLAIN, false),
        model(Architectures.PHI, 3, Activation.GELU_TANH, PART, false),
        model(Architectures.PHI3, 1, Activation.SILU, PLAIN, false),
        model(Architectures.GEMMA, 1, Activation.GELU_TANH, PLAIN, true));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldGiveTheLogitsOfTheNaiveForward(ModelConfig config) {
    Map<String, long[]> shapes = RandomModels.shapes(config);
    Map<String, float[]> values = RandomModels.values(shapes, 9);
    List<double[]> expected = new NaiveRotary(config, values).logits(ROW.toArray());
    try (Decoder decoder = RandomModels.decoder(config, shapes, values);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] actual = decoder.forward(TokenBatch.of(ROW).ids(decoder.manager())).toFloatArray();
      for (int i = 0; i < actual.length; i++) {
        double wanted = expected.get(i / config.vocabulary())[i % config.vocabulary()];
        assertThat((double) actual[i]).isCloseTo(wanted, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldGenerateAndReplayAsTheWholeForwardDoes(ModelConfig config) {
    Map<String, long[]> shapes = RandomModels.shapes(config);
    Map<String, float[]> values = RandomModels.values(shapes, 10);
    TokenBatch batch = TokenBatch.of(ROW, ROW.slice(0, 3));
    try (Decoder decoder = RandomModels.decoder(config, shapes, values);
        NDScope scope = new NDScope();
        SuffixReplay replay = new SuffixReplay(decoder, batch, 0, List.of(4, 1), 3)) {
      scope.suppressNotUsedWarning();
      float[] replayed = replay.replay(replay.hidden()).get(0).get(2).toFloatArray();
      LayerTrace trace = LayerTrace.read(decoder, batch, List.of(6, 2), Set.of(1), Set.of(0, 1));
      float[] whole = trace.hidden(config.layers() - 1).row(0);
      for (int i = 0; i < whole.length; i++) {
        assertThat(replayed[i]).isCloseTo(whole[i], within(2e-5f));
      }
      Generator generator = new Generator(decoder, MicroBatches.of(config));
      TokenIds added = generator.continuations(batch.rows(), 3).get(1);
      assertThat(added).isEqualTo(greedy(decoder, batch.rows().get(1), 3));
    }
  }

  @Test
  void shouldNameEverySupportedArchitecture() {
    assertThat(Architectures.supported())
        .containsExactly(
            "gemma",
            "gpt2",
            "gpt_neox",
            "gptj",
            "llama",
            "mistral",
            "phi",
            "phi3",
            "qwen2",
            "qwen3");
    for (String name : Architectures.supported()) {
      assertThat(Architectures.of(name).modelType()).isEqualTo(name);
    }
  }

  private static TokenIds greedy(Decoder decoder, TokenIds prompt, int limit) {
    TokenIds row = prompt;
    Generator generator = new Generator(decoder, MicroBatches.of(decoder.config()));
    for (int i = 0; i < limit; i++) {
      row = row.then(generator.next(List.of(row)));
    }
    return row.slice(prompt.length(), row.length());
  }

  private static ModelConfig model(
      Architecture architecture,
      int keyHeads,
      Activation activation,
      RotaryConfig rotary,
      boolean tied) {
    return new ModelConfig(
        architecture,
        61,
        64,
        24,
        2,
        3,
        keyHeads,
        8,
        40,
        1e-5,
        activation,
        Optional.of(rotary),
        tied,
        List.of());
  }
}
