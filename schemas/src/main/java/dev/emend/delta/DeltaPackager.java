package dev.emend.delta;

import dev.emend.event.DeltaChunk;
import dev.emend.event.TensorDelta;
import dev.emend.size.ByteSize;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a staged version into the records that carry it: payloads inside the delta while they fit,
 * the others in chunks, or in a blob store if there is one. A chunk key holds the payload's digest,
 * so pieces of an attempt that was given up never mix with those of the next. Immutable and
 * thread-safe.
 */
public final class DeltaPackager {
  private final ByteSize inlineLimit;
  private final ByteSize chunkLimit;
  private final @Nullable BlobStore store;

  /**
   * Sets the sizes; what is not in a delta goes to chunks.
   *
   * @param inlineLimit bytes of payloads, all tensors together, that one delta may hold
   * @param chunkLimit bytes of payload in one chunk
   */
  public DeltaPackager(ByteSize inlineLimit, ByteSize chunkLimit) {
    this(inlineLimit, chunkLimit, null);
  }

  private DeltaPackager(ByteSize inlineLimit, ByteSize chunkLimit, @Nullable BlobStore store) {
    this.inlineLimit = inlineLimit;
    this.chunkLimit = chunkLimit;
    this.store = store;
  }

  /** The same, but what is not in a delta goes to this store; the record holds its name. */
  public DeltaPackager storingIn(BlobStore blobs) {
    return new DeltaPackager(inlineLimit, chunkLimit, blobs);
  }

  /** Sizes that fit a broker's default record limit of 1 MB. */
  public static DeltaPackager forDefaultBroker() {
    return new DeltaPackager(ByteSize.parse("512KB"), ByteSize.parse("768KB"));
  }

  /**
   * The records of a staged version.
   *
   * @throws dev.emend.fault.Fault FILE_NOT_WRITABLE if the store fails
   */
  public PackedDelta pack(StagedVersion staged) {
    List<TensorDelta> tensors = new ArrayList<>();
    List<DeltaChunk> chunks = new ArrayList<>();
    long room = inlineLimit.bytes();
    for (StagedTensor tensor : staged.tensors()) {
      ByteBuffer payload = DeltaCodec.encodeSmallest(tensor.edit().update());
      Digest32 sha256 = Digest32.sha256(payload);
      TensorDelta.Builder builder = describe(tensor, payload, sha256);
      if (payload.remaining() <= room) {
        room -= payload.remaining();
        tensors.add(builder.setInline(payload).build());
      } else if (store != null) {
        tensors.add(builder.setBlob(store.put(sha256, payload)).build());
      } else {
        List<DeltaChunk> cut = DeltaChunks.split(key(staged, tensor, sha256), payload, chunkLimit);
        chunks.addAll(cut);
        tensors.add(builder.setChunkKey(cut.get(0).getChunkKey()).setChunks(cut.size()).build());
      }
    }
    return new PackedDelta(staged, tensors, chunks);
  }

  private static String key(StagedVersion staged, StagedTensor tensor, Digest32 sha256) {
    ModelState result = staged.result();
    return String.join(
        "|",
        result.model(),
        Long.toString(result.version().version()),
        tensor.edit().name(),
        sha256.shortHex());
  }

  private static TensorDelta.Builder describe(
      StagedTensor tensor, ByteBuffer payload, Digest32 sha256) {
    TensorUpdate update = tensor.edit().update();
    return TensorDelta.newBuilder()
        .setName(tensor.edit().name())
        .setShape(tensor.shape())
        .setLayout(tensor.edit().layout())
        .setEncoding(update.encoding())
        .setRank(update.rank())
        .setLength(payload.remaining())
        .setSha256(sha256.buffer())
        .setBeforeSha256(tensor.before().buffer())
        .setAfterSha256(tensor.after().buffer());
  }
}
