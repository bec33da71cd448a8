package dev.emend.itests.chaos.role;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The values of tensors as files, one each, little-endian fp32. */
public final class WeightFile {
  private WeightFile() {}

  /** Writes one tensor. */
  public static void write(Path folder, String tensor, float[] values) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(tensor), bytes(values).array());
  }

  /** The bytes of values. */
  public static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** All tensors of a folder. */
  public static SortedMap<String, ByteBuffer> read(Path folder) throws IOException {
    SortedMap<String, ByteBuffer> tensors = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          tensors.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
      }
    }
    return tensors;
  }
}
