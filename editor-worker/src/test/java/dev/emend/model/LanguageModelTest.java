package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.token.TokenIds;
import dev.emend.weights.Dtype;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageModelTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final long SEED = 5;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"F32,1e-4", "F16,5e-2", "BF16,5e-1"})
  void shouldReadWeightsOfAnyFloatType(Dtype dtype, float tolerance) {
    TinyFolder.write(folder, SEED, dtype);
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.threads(1))) {
      TokenIds ids = model.tokenizer().encode("the russ is").ids();
      List<double[]> expected = naive().run(ids.toArray()).logits();
      assertClose(logits(model, ids), expected, tolerance);
    }
  }

  @Test
  void shouldReadShardsAndNamesWithoutPrefix() throws IOException {
    TinyFolder.write(folder, SEED);
    Files.delete(folder.resolve(WEIGHTS));
    Map<String, long[]> first = new LinkedHashMap<>();
    Map<String, long[]> second = new LinkedHashMap<>();
    RandomModels.gpt2Shapes(TinyFolder.config())
        .forEach(
            (name, shape) ->
                (name.contains("h.2.") ? second : first)
                    .put(name.replace("transformer.", ""), shape));
    TinyFolder.writeWeights(folder.resolve("a.safetensors"), first, SEED, Dtype.F32);
    TinyFolder.writeWeights(folder.resolve("b.safetensors"), second, SEED, Dtype.F32);
    StringBuilder index = new StringBuilder("{\"weight_map\": {");
    first.keySet().forEach(name -> index.append("\"%s\": \"a.safetensors\",".formatted(name)));
    second.keySet().forEach(name -> index.append("\"%s\": \"b.safetensors\",".formatted(name)));
    index.setLength(index.length() - 1);
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.append("}}"));
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults())) {
      assertThat(model.decoder().downProjection(2).name()).isEqualTo("h.2.mlp.c_proj.weight");
      assertThat(model.answer("the", 3)).isNotNull();
    }
  }

  @Test
  void shouldNameWhatIsSupportedWhenAnArchitectureIsNot() {
    ObjectNode config = TinyFolder.gpt2Config().put("model_type", "rwkv");
    TinyFolder.write(folder, SEED);
    TinyFolder.writeConfig(folder, config);
    assertFault(
        () -> open(),
        FaultCode.ARCHITECTURE_UNSUPPORTED,
        "gemma, gpt2, gpt_neox, gptj, llama, mistral, phi, phi3, qwen2, qwen3");
    TinyFolder.writeConfig(
        folder, TinyFolder.gpt2Config().put("scale_attn_by_inverse_layer_idx", true));
    assertFault(() -> open(), FaultCode.ARCHITECTURE_UNSUPPORTED, "inverse layer");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Path absent = folder.resolve("absent");
    assertFault(
        () -> LanguageModel.open(absent, ModelOptions.defaults()),
        FaultCode.FILE_NOT_FOUND,
        "absent");
    TinyFolder.write(folder, SEED);
    TinyFolder.writeConfig(folder, TinyFolder.gpt2Config().put("n_layer", 5));
    assertFault(() -> open(), FaultCode.MODEL_INCOMPLETE, "h.4.ln_1.weight");
    TinyFolder.writeConfig(folder, TinyFolder.gpt2Config().put("n_positions", 65));
    assertFault(() -> open(), FaultCode.MODEL_INCOMPLETE, "wpe.weight has shape (64, 24)");
    ObjectNode config = TinyFolder.gpt2Config();
    config.remove("n_embd");
    TinyFolder.writeConfig(folder, config);
    assertFault(() -> open(), FaultCode.JSON_INVALID, "hidden_size or n_embd");
    TinyFolder.write(folder, SEED);
    Files.delete(folder.resolve("tokenizer.json"));
    assertFault(() -> open(), FaultCode.MODEL_INCOMPLETE, "tokenizer.json");
  }

  @Test
  void shouldRefuseTruncatedWeights() throws IOException {
    TinyFolder.write(folder, SEED);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(WEIGHTS).toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    assertFault(() -> open(), FaultCode.SAFETENSORS_CORRUPT, WEIGHTS);
  }

  private void open() {
    LanguageModel.open(folder, ModelOptions.defaults()).close();
  }

  private static NaiveGpt2 naive() {
    ModelConfig config = TinyFolder.config();
    return new NaiveGpt2(config, RandomModels.values(RandomModels.gpt2Shapes(config), SEED));
  }

  private static float[] logits(LanguageModel model, TokenIds ids) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Decoder decoder = model.decoder();
      return decoder.forward(TokenBatch.of(ids).ids(decoder.manager())).toFloatArray();
    }
  }

  private static void assertClose(float[] actual, List<double[]> expected, float tolerance) {
    int at = 0;
    for (double[] row : expected) {
      for (double value : row) {
        assertThat(actual[at++]).isCloseTo((float) value, within(tolerance));
      }
    }
    assertThat(at).isEqualTo(actual.length);
  }

  private static void assertFault(ThrowingCallable call, FaultCode code, String part) {
    assertThatThrownBy(call)
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
