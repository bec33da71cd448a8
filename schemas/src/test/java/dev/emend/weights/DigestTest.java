package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  private static final float[] VALUES = {1f, -0.5f, 1024f};
  private static final List<Long> SHAPE = List.of(3L);

  @TempDir Path folder;

  @Test
  void shouldCompareDigestsByValueAndNeverShareBytes() {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) 0xab;
    Digest32 digest = Digest32.of(bytes);
    bytes[0] = 0;
    digest.bytes()[0] = 0;
    assertThat(digest.hex()).startsWith("ab00").hasSize(64);
    assertThat(digest.shortHex()).isEqualTo("ab0000000000");
    assertThat(Digest32.parse(digest.hex())).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(Digest32.of(digest.buffer())).isEqualTo(digest);
    assertThat(digest.buffer().isReadOnly()).isTrue();
    assertThatThrownBy(() -> Digest32.of(new byte[31])).hasMessageContaining("32 bytes, not 31");
    assertThatThrownBy(() -> Digest32.of(ByteBuffer.allocate(40))).hasMessageContaining("32 bytes");
  }

  @Test
  void shouldHashWhatTheDocumentationSays() {
    ByteBuffer content = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    content.put("w\tF32\t3\n".getBytes(StandardCharsets.US_ASCII));
    content.putFloat(1f).putFloat(-0.5f).putFloat(1024f).flip();

    assertThat(TensorDigest.of("w", SHAPE, FloatBlocks.of(VALUES)))
        .isEqualTo(Digest32.sha256(content));
    assertThatThrownBy(() -> TensorDigest.of("w", List.of(4L), FloatBlocks.of(VALUES)))
        .hasMessageContaining("4 elements");
    assertThatThrownBy(() -> TensorDigest.of("a\tb", SHAPE, FloatBlocks.of(VALUES)))
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void shouldGiveHalfAndFullPrecisionTheSameDigest() {
    Digest32 full = digestStoredAs(Dtype.F32);
    assertThat(digestStoredAs(Dtype.F16)).isEqualTo(full);
    assertThat(full).isEqualTo(TensorDigest.of("w", SHAPE, FloatBlocks.of(VALUES)));
  }

  @Test
  void shouldHashOtherTypesAsTheyAreStored() {
    TensorInfo info = new TensorInfo("mask", Dtype.U8, List.of(2L));
    Path path = folder.resolve("mask.safetensors");
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, List.of(info), Map.of())) {
      writer.writeStored("mask", List.of(ByteBuffer.wrap(new byte[] {1, 2})));
      writer.commit();
    }
    byte[] content = "mask\tU8\t2\n\u0001\u0002".getBytes(StandardCharsets.US_ASCII);
    assertThat(TensorDigest.of(SafetensorsFile.open(path), "mask"))
        .isEqualTo(Digest32.sha256(content));
  }

  @Test
  void shouldHashTheSortedLinesOfAModel() {
    ModelDigest.Entry a = ModelDigest.entry("a", SHAPE, FloatBlocks.of(VALUES));
    ModelDigest.Entry b = ModelDigest.entry("b", List.of(), FloatBlocks.of(new float[] {2}));
    String lines = "a\t3\t" + a.digest().hex() + "\nb\t\t" + b.digest().hex() + "\n";
    ModelDigest model = ModelDigest.of(Map.of("b", b, "a", a));
    assertThat(model.value()).isEqualTo(Digest32.sha256(lines.getBytes(StandardCharsets.US_ASCII)));
    assertThat(model.tensor("b")).isEqualTo(b.digest());
  }

  @Test
  void shouldUpdateAModelDigestFromTheChangedTensorAlone() {
    ModelDigest.Entry a = ModelDigest.entry("a", SHAPE, FloatBlocks.of(VALUES));
    ModelDigest.Entry b = ModelDigest.entry("b", SHAPE, FloatBlocks.of(VALUES));
    ModelDigest.Entry changed = ModelDigest.entry("b", SHAPE, FloatBlocks.of(new float[3]));

    ModelDigest next = ModelDigest.of(Map.of("a", a, "b", b)).with(Map.of("b", changed.digest()));

    assertThat(next).isEqualTo(ModelDigest.of(Map.of("a", a, "b", changed)));
    assertThatThrownBy(() -> next.with(Map.of("c", a.digest()))).hasMessageContaining("tensor c");
  }

  private Digest32 digestStoredAs(Dtype dtype) {
    Path path = folder.resolve(dtype + ".safetensors");
    TensorInfo info = new TensorInfo("w", dtype, SHAPE);
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, List.of(info), Map.of())) {
      writer.write("w", FloatBlocks.of(VALUES));
      writer.commit();
    }
    return TensorDigest.of(SafetensorsFile.open(path), "w");
  }
}
