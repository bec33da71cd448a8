package dev.emend.topic;

import java.util.List;

/**
 * Names the payload of one tensor in one version. Its text, {@code model|version|tensor} escaped as
 * {@link FactKey}, is the {@code chunk_key} of {@code TensorDelta} and {@code DeltaChunk}; with
 * {@code #index} it is the key of a record in {@code emend.delta-chunks}.
 */
public record ChunkKey(String model, long version, String tensor) {

  /** Reads the text form without index; {@link IllegalArgumentException} if it is none. */
  public static ChunkKey parse(String text) {
    List<String> parts = KeyText.split(text, 3);
    return new ChunkKey(parts.get(0), Long.parseLong(parts.get(1)), parts.get(2));
  }

  /** The {@code chunk_key}. */
  public String text() {
    return KeyText.join(model, Long.toString(version), tensor);
  }

  /** The record key of one piece. */
  public String recordKey(int index) {
    return text() + "#" + index;
  }
}
