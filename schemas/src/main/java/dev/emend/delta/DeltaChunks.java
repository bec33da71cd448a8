package dev.emend.delta;

import dev.emend.event.DeltaChunk;
import dev.emend.size.ByteSize;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts a payload into pieces that fit a record. */
public final class DeltaChunks {
  private DeltaChunks() {}

  /**
   * Pieces of at most {@code limit} bytes, in order; they share the payload's memory.
   *
   * @throws IllegalArgumentException if the payload or the limit is empty
   */
  public static List<DeltaChunk> split(String chunkKey, ByteBuffer payload, ByteSize limit) {
    int step = (int) Math.min(limit.bytes(), Integer.MAX_VALUE);
    int length = payload.remaining();
    if (step < 1 || length < 1) {
      throw new IllegalArgumentException("cannot cut " + length + " bytes into pieces of " + limit);
    }
    int count = (int) (((long) length + step - 1) / step);
    List<DeltaChunk> chunks = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int at = index * step;
      ByteBuffer piece =
          payload.slice(payload.position() + at, Math.min(step, length - at)).asReadOnlyBuffer();
      chunks.add(
          DeltaChunk.newBuilder()
              .setChunkKey(chunkKey)
              .setIndex(index)
              .setCount(count)
              .setPayload(piece)
              .setLength(piece.remaining())
              .setSha256(Digest32.sha256(piece).buffer())
              .build());
    }
    return chunks;
  }

  /** The key of a chunk's record. */
  public static String recordKey(DeltaChunk chunk) {
    return chunk.getChunkKey() + "#" + chunk.getIndex();
  }
}
