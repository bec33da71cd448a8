package dev.emend.subscribe;

import dev.emend.size.ByteSize;
import java.util.Objects;

/**
 * When a snapshot is taken, and how many stay. Whatever is deleted can be rebuilt, as the log keeps
 * every delta.
 *
 * @param versions at the latest after so many versions, at least 1
 * @param bytes or after deltas with so many bytes of payload
 * @param kept snapshots that stay, the newest, at least 1
 */
public record SnapshotRule(long versions, ByteSize bytes, int kept) {
  /** Refuses zero. */
  public SnapshotRule {
    Objects.requireNonNull(bytes, "bytes");
    if (versions < 1 || kept < 1) {
      throw new IllegalArgumentException("a snapshot every version at least, and one is kept");
    }
  }
}
