package dev.emend.retain;

import java.util.List;
import java.util.Set;

/**
 * What may go.
 *
 * @param oldestPromised oldest version that stays possible
 * @param start version that rebuilding begins from: a snapshot, or 0 for the base model; deltas up
 *     to it may go
 * @param snapshots snapshots that nobody needs once those deltas are gone
 * @param blobs payloads that only those deltas name
 */
public record RetentionPlan(
    long oldestPromised, long start, List<Long> snapshots, Set<String> blobs) {
  /** Copies the collections. */
  public RetentionPlan {
    snapshots = List.copyOf(snapshots);
    blobs = Set.copyOf(blobs);
  }

  /** Whether a version's delta may go. */
  public boolean mayGo(long version) {
    return version <= start;
  }
}
