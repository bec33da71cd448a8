package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeTensorTest {
  private static final long LARGE_BYTES = (9L << 30) + 8;

  @TempDir Path folder;

  /** The file is sparse, so it takes a few blocks of the disk. */
  @Test
  void shouldMapTensorsAndFilesBeyondTwoGigabytes() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(sparseFile());

    assertThat(file.info("large").elements()).isEqualTo(LARGE_BYTES / 4);
    assertThat(file.parts("large")).hasSize(10);
    assertThat(file.parts("large").stream().mapToLong(ByteBuffer::remaining).sum())
        .isEqualTo(LARGE_BYTES);
    assertThat(file.parts("large").get(9).getFloat(4)).isEqualTo(7f);
    assertThat(file.floats("small")).containsExactly(8f);
    assertThatThrownBy(() -> file.bytes("large")).hasMessageContaining("more than");
    assertThatThrownBy(() -> file.floats("large")).hasMessageContaining("block by block");
  }

  private Path sparseFile() throws IOException {
    String header =
        String.format(
            "{\"large\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"small\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}",
            LARGE_BYTES / 4, LARGE_BYTES, LARGE_BYTES, LARGE_BYTES + 4);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve("large.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      ByteBuffer start =
          ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
      channel.write(start.put(json).flip());
      ByteBuffer end =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(7).putFloat(8);
      channel.write(end.flip(), 8 + json.length + LARGE_BYTES - 4);
    }
    return path;
  }
}
