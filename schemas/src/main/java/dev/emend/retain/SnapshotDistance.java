package dev.emend.retain;

import dev.emend.size.ByteSize;
import java.util.Objects;

/**
 * How far apart snapshots are: whichever is reached first.
 *
 * @param versions versions, at least 1
 * @param bytes bytes of payloads
 */
public record SnapshotDistance(long versions, ByteSize bytes) {
  /** Refuses zero versions. */
  public SnapshotDistance {
    Objects.requireNonNull(bytes, "bytes");
    if (versions < 1) {
      throw new IllegalArgumentException("snapshots are at least a version apart");
    }
  }

  /** Whether that much is enough for the next one. */
  public boolean isReached(long versionsSince, long bytesSince) {
    return versionsSince > 0 && (versionsSince >= versions || bytesSince >= bytes.bytes());
  }
}
