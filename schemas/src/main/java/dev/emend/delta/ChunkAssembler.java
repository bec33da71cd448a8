package dev.emend.delta;

import dev.emend.event.DeltaChunk;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the pieces of payloads, in any order and with repetitions, and serves payloads that are
 * inline or complete. It holds at most the given number of bytes: beyond them it forgets the
 * payload that it began first. Not thread-safe.
 */
public final class ChunkAssembler implements PayloadSource {
  private final ByteSize limit;
  private final Map<String, SortedMap<Integer, ByteBuffer>> pieces = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long held;

  /** Holds at most {@code limit} bytes of pieces. */
  public ChunkAssembler(ByteSize limit) {
    this.limit = limit;
  }

  /**
   * Takes a piece, copied.
   *
   * @throws Fault DELTA_CORRUPT if its position is impossible, DIGEST_MISMATCH if its bytes are not
   *     those that it states
   */
  public void add(DeltaChunk chunk) {
    int index = chunk.getIndex();
    if (index < 0 || index >= chunk.getCount()) {
      throw new Fault(
          FaultCode.DELTA_CORRUPT,
          "piece " + index + " of " + chunk.getCount() + " of " + chunk.getChunkKey());
    }
    requireStated(chunk);
    if (chunk.getCount() != counts.getOrDefault(chunk.getChunkKey(), chunk.getCount())) {
      // Another cut of the payload under the same key: pieces of the two must not mix.
      forget(chunk.getChunkKey());
    }
    counts.put(chunk.getChunkKey(), chunk.getCount());
    ByteBuffer copy = ByteBuffer.allocate(chunk.getPayload().remaining());
    copy.put(chunk.getPayload().duplicate()).flip();
    @Nullable ByteBuffer old =
        pieces.computeIfAbsent(chunk.getChunkKey(), k -> new TreeMap<>()).put(index, copy);
    held += copy.remaining() - (old == null ? 0 : old.remaining());
    while (held > limit.bytes() && pieces.size() > 1) {
      forget(pieces.keySet().iterator().next());
    }
  }

  /** A piece from before lengths and digests were stated is covered by the payload's digest. */
  private static void requireStated(DeltaChunk chunk) {
    ByteBuffer sha256 = chunk.getSha256();
    if (sha256 != null
        && (chunk.getPayload().remaining() != chunk.getLength()
            || !Digest32.sha256(chunk.getPayload()).buffer().equals(sha256))) {
      throw new Fault(
          FaultCode.DIGEST_MISMATCH,
          "piece %d of %s has another length or SHA-256 than it states"
              .formatted(chunk.getIndex(), chunk.getChunkKey()));
    }
  }

  /** Whether no piece of this tensor is missing; one that is inline or in a blob store has none. */
  public boolean holds(TensorDelta tensor) {
    if (tensor.getChunkKey() == null) {
      return true;
    }
    SortedMap<Integer, ByteBuffer> found = pieces.get(tensor.getChunkKey());
    return found != null && tensor.getChunks() > 0 && found.size() == tensor.getChunks();
  }

  @Override
  public ByteBuffer payload(TensorDelta tensor) {
    if (tensor.getChunkKey() == null) {
      return INLINE.payload(tensor);
    }
    SortedMap<Integer, ByteBuffer> found =
        pieces.getOrDefault(tensor.getChunkKey(), new TreeMap<>());
    if (!holds(tensor) || found.lastKey() != tensor.getChunks() - 1) {
      throw new Fault(
          FaultCode.DELTA_CORRUPT,
          String.format(
              "only %d of the %d pieces of %s are at hand",
              found.size(), tensor.getChunks(), tensor.getChunkKey()));
    }
    return join(found);
  }

  private static ByteBuffer join(SortedMap<Integer, ByteBuffer> found) {
    long length = found.values().stream().mapToLong(ByteBuffer::remaining).sum();
    ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(length));
    found.values().forEach(piece -> whole.put(piece.duplicate()));
    return whole.flip();
  }

  /** Drops the pieces of a payload that is no longer needed. */
  public void forget(String chunkKey) {
    counts.remove(chunkKey);
    SortedMap<Integer, ByteBuffer> removed = pieces.remove(chunkKey);
    if (removed != null) {
      held -= removed.values().stream().mapToLong(ByteBuffer::remaining).sum();
    }
  }

  /** Bytes held now. */
  public ByteSize held() {
    return new ByteSize(held);
  }
}
