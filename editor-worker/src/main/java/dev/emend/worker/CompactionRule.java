package dev.emend.worker;

import dev.emend.retain.RetentionPromise;
import dev.emend.retain.SnapshotDistance;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * When a worker shortens the log of its model, and what of it can always be rebuilt.
 *
 * @param promise what stays possible, besides what aliases point to
 * @param distance how far apart snapshots are
 */
public record CompactionRule(RetentionPromise promise, SnapshotDistance distance) {
  /** The newest hundred versions and those of a week. */
  static final RetentionPromise PROMISE = new RetentionPromise(100, Duration.ofDays(7), Set.of());

  /** Where only one of the two distances is given. */
  static final SnapshotDistance FAR =
      new SnapshotDistance(Long.MAX_VALUE, new ByteSize(Long.MAX_VALUE));

  /** Refuses null. */
  public CompactionRule {
    Objects.requireNonNull(promise, "promise");
    Objects.requireNonNull(distance, "distance");
  }
}
