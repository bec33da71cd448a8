package dev.emend.retain;

import dev.emend.sign.SigningKey;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.SnapshotShelf;
import java.util.Objects;
import java.util.Optional;

/**
 * What is compacted, and how.
 *
 * @param sources of the model's versions; its snapshots must have a shelf
 * @param promise what can always be rebuilt
 * @param distance how far apart snapshots are
 * @param key signs where rebuilding begins from now on; empty to announce it unsigned
 * @param dryRun whether to delete nothing and to write nothing
 */
public record CompactionSettings(
    ModelSources sources,
    RetentionPromise promise,
    SnapshotDistance distance,
    Optional<SigningKey> key,
    boolean dryRun) {
  /** Refuses null, and sources without a shelf. */
  public CompactionSettings {
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(key, "key");
    if (sources.shelf().isEmpty()) {
      throw new IllegalArgumentException("a compaction needs a folder for its snapshots");
    }
    Objects.requireNonNull(promise, "promise");
    Objects.requireNonNull(distance, "distance");
  }

  /** Name of the model. */
  String model() {
    return sources.model();
  }

  /** Where its snapshots are. */
  SnapshotShelf shelf() {
    return sources.shelf().orElseThrow();
  }
}
