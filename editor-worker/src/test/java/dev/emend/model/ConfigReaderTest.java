package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.weights.Dtype;
import dev.emend.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  private static final String LLAMA =
      """
      {"model_type": "llama", "hidden_act": "silu", "hidden_size": 48, "intermediate_size": 144,
       "max_position_embeddings": 256, "num_attention_heads": 4, "num_hidden_layers": 5,
       "num_key_value_heads": 2, "rms_norm_eps": 1e-6, "vocab_size": 700,
       "tie_word_embeddings": true, "eos_token_id": [1, 7]}
      """;

  @TempDir private Path folder;

  @Test
  void shouldReadBothFormsOfRotaryScalingAlike() {
    String scaling =
        "\"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
            + " \"original_max_position_embeddings\": 64, \"rope_type\": \"llama3\"";
    ModelConfig four =
        read(LLAMA, "{\"rope_theta\": 500000.0, \"rope_scaling\": {" + scaling + "}}");
    ModelConfig five =
        read(LLAMA, "{\"rope_parameters\": {\"rope_theta\": 500000.0, " + scaling + "}}");
    assertThat(four).isEqualTo(five);
    assertThat(five.rotary().orElseThrow().theta()).isEqualTo(500_000);
    assertThat(five.rotary().orElseThrow().width()).isEqualTo(12);
    assertThat(five.keyHeads()).isEqualTo(2);
    assertThat(five.endTokens()).isEqualTo(List.of(1, 7));
    assertThat(five.tiedHead()).isTrue();
  }

  @Test
  void shouldReadPartialRotationUnderEveryName() {
    ModelConfig older = read(LLAMA, "{\"model_type\": \"gpt_neox\", \"rotary_pct\": 0.5}");
    ModelConfig newer =
        read(
            LLAMA,
            "{\"model_type\": \"gpt_neox\", \"rope_parameters\": {\"partial_rotary_factor\": 0.5}}");
    assertThat(older.rotary().orElseThrow().width()).isEqualTo(6);
    assertThat(older).isEqualTo(newer);
    assertThat(read(LLAMA, "{\"rotary_dim\": 4}").rotary().orElseThrow().width()).isEqualTo(4);
  }

  @Test
  void shouldTakeHeadWidthAndResidualFromTheFile() {
    assertThat(read(LLAMA, "{\"head_dim\": 16}").headWidth()).isEqualTo(16);
    ModelConfig neox =
        read(LLAMA, "{\"model_type\": \"gpt_neox\", \"use_parallel_residual\": false}");
    assertThat(neox.architecture().residual()).isEqualTo(Layout.Residual.SEQUENTIAL);
  }

  @Test
  void shouldRefuseWhatItDoesNotCompute() {
    for (String setting :
        List.of(
            "{\"model_type\": \"phi\", \"qk_layernorm\": true}",
            "{\"rope_parameters\": {\"rope_type\": \"yarn\"}}",
            "{\"hidden_act\": \"quick_gelu\"}",
            "{\"num_key_value_heads\": 3}")) {
      assertThatThrownBy(() -> read(LLAMA, setting)).as(setting).isInstanceOf(Fault.class);
    }
  }

  @Test
  void shouldReadNoFurtherThanASlidingWindow() {
    assertThat(read(LLAMA, "{\"sliding_window\": 32}").positions()).isEqualTo(32);
    assertThat(read(LLAMA, "{\"sliding_window\": 512}").positions()).isEqualTo(256);
    assertThat(read(LLAMA, "{\"sliding_window\": 32, \"use_sliding_window\": false}").positions())
        .isEqualTo(256);
  }

  @Test
  void shouldTakeTheActivationThatAnArchitectureIsKnownFor() {
    ModelConfig gemma = read(LLAMA, "{\"model_type\": \"gemma\", \"hidden_act\": \"gelu\"}");
    assertThat(gemma.activation()).isEqualTo(Activation.GELU_TANH);
    assertThat(read(LLAMA, "{\"hidden_act\": \"gelu\"}").activation()).isEqualTo(Activation.GELU);
  }

  @Test
  void shouldLeaveRowsWithinTheModelsReachUnstretched() {
    String scaling = "{\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}";
    assertThat(read(LLAMA, scaling)).isEqualTo(read(LLAMA, "{\"rope_scaling\": null}"));
  }

  private ModelConfig read(String base, String changes) {
    try {
      ObjectNode config = (ObjectNode) JsonMapper.builder().build().readTree(base);
      config.setAll((ObjectNode) JsonMapper.builder().build().readTree(changes));
      TinyFolder.writeConfig(folder, config);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(base + changes, e);
    }
    TinyFolder.writeWeights(
        folder.resolve(ModelFolder.WEIGHTS), Map.of("any", new long[] {1}), 1, Dtype.F32);
    return ConfigReader.read(ModelFolder.open(folder));
  }
}
