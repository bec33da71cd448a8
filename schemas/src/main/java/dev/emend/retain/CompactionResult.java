package dev.emend.retain;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a compaction did, or would do.
 *
 * @param oldestPromised oldest version that can be rebuilt for certain
 * @param start version that rebuilding begins from
 * @param snapshot version of which a snapshot was taken
 * @param records records that went, of all topics
 * @param blobs payloads that went from the blob store
 * @param snapshots snapshots that went
 */
public record CompactionResult(
    long oldestPromised,
    long start,
    OptionalLong snapshot,
    long records,
    int blobs,
    List<Long> snapshots) {
  /** Copies the list. */
  public CompactionResult {
    snapshots = List.copyOf(snapshots);
  }
}
