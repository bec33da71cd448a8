package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsRoundTripTest {
  private static final float[] VALUES = {1f, -0f, 3.14159f, 65504f, 1e-7f, -2f};

  @TempDir Path folder;

  @Test
  void shouldReadBackWhatWasWritten() {
    Path path = folder.resolve("model.safetensors");
    TensorInfo wide = TensorInfo.f32("wide", List.of(2L, 3L));
    TensorInfo half = wide.as(Dtype.F16);
    TensorInfo scalar = new TensorInfo("step", Dtype.I64, List.of());
    List<TensorInfo> infos =
        List.of(wide, new TensorInfo("half", half.dtype(), half.shape()), scalar);
    ByteBuffer step = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 42);

    try (SafetensorsWriter writer = SafetensorsWriter.create(path, infos, Map.of("version", "3"))) {
      writer.write("wide", FloatBlocks.of(VALUES));
      writer.write("half", FloatBlocks.of(VALUES));
      writer.writeStored("step", List.of(step));
      writer.commit();
    }

    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.names()).containsExactly("wide", "half", "step");
    assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "version", "3"));
    assertThat(file.info("wide")).isEqualTo(wide);
    assertThat(file.floats("wide")).containsExactly(VALUES);
    assertThat(file.floats("half")).containsExactly(1f, -0f, 3.140625f, 65504f, 1.1920929e-7f, -2f);
    assertThat(file.doubles("wide")[2]).isEqualTo((double) 3.14159f);
    assertThat(file.bytes("step").getLong(0)).isEqualTo(42);
    assertThat(folder).isDirectoryContaining(p -> p.endsWith("model.safetensors"));
  }

  @Test
  void shouldStartTheDataSectionAtAMultipleOfEight() throws Exception {
    Path path = folder.resolve("x.safetensors");
    TestTensors.write(path, Map.of("a", new float[] {1, 2, 3}));

    long header =
        ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).getLong();

    assertThat(header % 8).isZero();
    assertThat(Files.size(path)).isEqualTo(8 + header + 12);
  }

  @Test
  void shouldLeaveTheTargetAloneWithoutCommit() throws Exception {
    Path path = folder.resolve("x.safetensors");
    TestTensors.write(path, Map.of("a", new float[] {1}));
    byte[] before = Files.readAllBytes(path);

    try (SafetensorsWriter writer =
        SafetensorsWriter.create(path, List.of(TensorInfo.f32("a", List.of(1L))), Map.of())) {
      writer.write("a", FloatBlocks.of(new float[] {2}));
    }

    assertThat(path).hasBinaryContent(before);
    assertThat(folder.toFile().list()).containsExactly("x.safetensors");
  }

  @Test
  void shouldRefuseTensorsOutOfOrderMissingOrOfTheWrongSize() {
    Path path = folder.resolve("x.safetensors");
    List<TensorInfo> infos =
        List.of(TensorInfo.f32("a", List.of(1L)), TensorInfo.f32("b", List.of(2L)));
    FloatBlocks one = FloatBlocks.of(new float[1]);
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, infos, Map.of())) {
      assertThatThrownBy(() -> writer.write("b", one)).isInstanceOf(IllegalStateException.class);
    }
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, infos, Map.of())) {
      writer.write("a", one);
      assertThatThrownBy(() -> writer.write("b", one)).hasMessageContaining("8 bytes");
    }
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, infos, Map.of())) {
      writer.write("a", one);
      assertThatThrownBy(writer::commit).hasMessageContaining("b was not written");
    }
  }
}
