package dev.emend.retain;

import dev.emend.delta.BlobStore;
import dev.emend.subscribe.SnapshotShelf;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What is compacted, and how.
 *
 * @param model name of the model
 * @param base folder of the base model
 * @param shelf where its snapshots are
 * @param blobs where payloads are that the log only names
 * @param promise what can always be rebuilt
 * @param distance how far apart snapshots are
 * @param dryRun whether to delete nothing and to write nothing
 */
public record CompactionSettings(
    String model,
    Path base,
    SnapshotShelf shelf,
    Optional<BlobStore> blobs,
    RetentionPromise promise,
    SnapshotDistance distance,
    boolean dryRun) {
  /** Refuses null. */
  public CompactionSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(shelf, "shelf");
    Objects.requireNonNull(blobs, "blobs");
    Objects.requireNonNull(promise, "promise");
    Objects.requireNonNull(distance, "distance");
  }
}
