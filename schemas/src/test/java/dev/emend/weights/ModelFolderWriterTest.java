package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderWriterTest {
  private static final Map<String, FloatBlocks> REPLACED =
      Map.of("w", FloatBlocks.of(new float[] {7, 8}));

  @TempDir Path temp;
  private Path source;
  private ModelFolderWriter writer;

  @BeforeEach
  void writeSource() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(
        source.resolve("config.json"),
        "{\"torch_dtype\":\"float16\",\"text_config\":{\"dtype\":\"bfloat16\",\"x\":1}}");
    Files.writeString(source.resolve("vocab.json"), "{}");
    Files.writeString(source.resolve("merges.txt"), "a b");
    Files.writeString(source.resolve("pytorch_model.bin"), "old");
    Files.writeString(source.resolve("model.safetensors.index.json"), "{}");
    List<TensorInfo> infos =
        List.of(
            new TensorInfo("b", Dtype.F16, List.of(2L)),
            new TensorInfo("mask", Dtype.U8, List.of(1L)),
            new TensorInfo("w", Dtype.F16, List.of(2L)));
    try (SafetensorsWriter file =
        SafetensorsWriter.create(source.resolve("model.safetensors"), infos, Map.of())) {
      file.write("b", FloatBlocks.of(new float[] {1, 2}));
      file.writeStored("mask", List.of(ByteBuffer.wrap(new byte[] {5})));
      file.write("w", FloatBlocks.of(new float[] {3, 4}));
      file.commit();
    }
    writer = new ModelFolderWriter(ModelFolder.open(source));
  }

  @Test
  void shouldWriteAWholeFolderInFullPrecision() {
    Path target = temp.resolve("a").resolve("b");

    writer.write(target, REPLACED, Map.of("k", "v"));

    ModelFolder written = ModelFolder.open(target);
    assertThat(written.info("b")).isEqualTo(TensorInfo.f32("b", List.of(2L)));
    assertThat(written.floats("b")).containsExactly(1, 2);
    assertThat(written.floats("w")).containsExactly(7, 8);
    assertThat(written.file("mask").bytes("mask").get(0)).isEqualTo((byte) 5);
    assertThat(written.metadata()).isEqualTo(Map.of("format", "pt", "k", "v"));
    assertThat(target.toFile().list())
        .containsExactlyInAnyOrder("config.json", "vocab.json", "merges.txt", "model.safetensors");
    assertThat(temp.resolve("a").toFile().list()).containsExactly("b");
  }

  @Test
  void shouldSetTheTypeInTheFormsThatTheConfigurationHas() {
    Path target = temp.resolve("out");
    writer.write(target, Map.of(), Map.of());

    ObjectNode config = ModelFolder.open(target).config();

    assertThat(config.path("torch_dtype").asText()).isEqualTo("float32");
    assertThat(config.has("dtype")).isFalse();
    assertThat(config.path("text_config").path("dtype").asText()).isEqualTo("float32");
    assertThat(config.path("text_config").path("x").asInt()).isEqualTo(1);
  }

  @Test
  void shouldReplaceTheModelInAFolderWhileOthersReadTheOldOne() {
    Path target = temp.resolve("out");
    writer.write(target, Map.of(), Map.of());
    ModelFolder old = ModelFolder.open(target);

    writer.write(target, REPLACED, Map.of());
    new ModelFolderWriter(old).write(target, REPLACED, Map.of());

    assertThat(old.floats("w")).containsExactly(3, 4);
    assertThat(ModelFolder.open(target).floats("w")).containsExactly(7, 8);
    assertThat(target.toFile().list()).hasSize(4);
  }

  @Test
  void shouldRefuseFoldersThatHoldSomethingElse() throws IOException {
    assertUsage(temp, "holds something other than a model");
    assertUsage(source.resolve("merges.txt"), "is a file");
    Path target = temp.resolve("out");
    assertThatThrownBy(
            () -> writer.write(target, Map.of("none", FloatBlocks.of(new float[1])), Map.of()))
        .hasMessageContaining("no tensor none");
    assertThat(Files.exists(target)).isFalse();
  }

  @Test
  void shouldLeaveNothingBehindWhenValuesAreMissing() {
    Path target = temp.resolve("out");
    Map<String, FloatBlocks> tooFew = Map.of("w", FloatBlocks.of(new float[1]));
    assertThatThrownBy(() -> writer.write(target, tooFew, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(temp.toFile().list()).containsExactly("source");
  }

  private void assertUsage(Path target, String reason) {
    assertThatThrownBy(() -> writer.write(target, Map.of(), Map.of()))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.USAGE))
        .hasMessageContaining(reason);
  }
}
