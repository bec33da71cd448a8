package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private static final String CONFIG = "{\"model_type\":\"gpt2\"}";

  @TempDir Path folder;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG);
  }

  @Test
  void shouldReadAFolderWithOneFile() {
    TestTensors.write(
        folder.resolve("model.safetensors"),
        Map.of("transformer.wte.weight", new float[] {1, 2}, "a", new float[] {3}));

    ModelFolder model = ModelFolder.open(folder);

    assertThat(model.names()).containsExactly("a", "transformer.wte.weight");
    assertThat(model.config().path("model_type").asText()).isEqualTo("gpt2");
    model.config().put("model_type", "other");
    assertThat(model.config().path("model_type").asText()).isEqualTo("gpt2");
    assertThat(model.floats("a")).containsExactly(3f);
    FloatBuffer target = FloatBuffer.allocate(3);
    model.read("transformer.wte.weight", target);
    assertThat(target.position()).isEqualTo(2);
    assertThat(model.find("b")).isEmpty();
    assertFault(FaultCode.MODEL_INCOMPLETE, "have no tensor b", () -> model.info("b"));
  }

  @Test
  void shouldReadShardsByTheirIndex() throws IOException {
    TestTensors.write(folder.resolve("one.safetensors"), Map.of("a", new float[] {1}));
    TestTensors.write(
        folder.resolve("two.safetensors"), Map.of("b", new float[] {2}, "c", new float[] {3}));
    writeIndex("{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\",\"c\":\"two.safetensors\"}");

    ModelFolder model = ModelFolder.open(folder);

    assertThat(model.names()).containsExactly("a", "b", "c");
    assertThat(model.floats("c")).containsExactly(3f);
  }

  @Test
  void shouldSayWhatAFolderLacks() throws IOException {
    assertFault(FaultCode.MODEL_INCOMPLETE, "has no model.safetensors", this::open);
    TestTensors.write(folder.resolve("one.safetensors"), Map.of("a", new float[] {1}));
    writeIndex("{\"b\":\"one.safetensors\"}");
    assertFault(FaultCode.MODEL_INCOMPLETE, "lacks the tensor b", this::open);
    writeIndex("{\"a\":\"two.safetensors\"}");
    assertFault(FaultCode.MODEL_INCOMPLETE, "has no two.safetensors", this::open);
    writeIndex("{\"a\":\"../one.safetensors\"}");
    assertFault(FaultCode.JSON_INVALID, "is no file name", this::open);
    Files.delete(folder.resolve("config.json"));
    assertFault(FaultCode.MODEL_INCOMPLETE, "has no config.json", this::open);
    Files.writeString(folder.resolve("config.json"), "{");
    assertFault(FaultCode.JSON_INVALID, "config.json is not JSON", this::open);
    Files.writeString(folder.resolve("config.json"), "[]");
    assertFault(FaultCode.JSON_INVALID, "not a JSON object", this::open);
    Path none = folder.resolve("none");
    assertFault(FaultCode.FILE_NOT_FOUND, "does not exist", () -> ModelFolder.open(none));
  }

  private void open() {
    ModelFolder.open(folder);
  }

  private void writeIndex(String map) throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\":" + map + "}");
  }

  private static void assertFault(FaultCode code, String reason, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }
}
