package dev.emend.subscribe;

import dev.emend.delta.BlobStore;
import dev.emend.sign.Trust;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts of a model's versions are, besides the log, and who must have signed them.
 *
 * @param model name of the model
 * @param base the folder of the base model, or of a version that is early enough
 * @param shelf snapshots to start from
 * @param blobs where payloads are that the log only names
 * @param trust whose signatures are believed; empty to ask for none
 */
public record ModelSources(
    String model,
    Path base,
    Optional<SnapshotShelf> shelf,
    Optional<BlobStore> blobs,
    Optional<Trust> trust) {
  /** Refuses null. */
  public ModelSources {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(shelf, "shelf");
    Objects.requireNonNull(blobs, "blobs");
    Objects.requireNonNull(trust, "trust");
  }

  /** The base model and the log hold everything, whoever wrote it. */
  public static ModelSources of(String model, Path base) {
    return new ModelSources(model, base, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with snapshots to start from. */
  public ModelSources with(SnapshotShelf snapshots) {
    return new ModelSources(model, base, Optional.of(snapshots), blobs, trust);
  }

  /** The same, held to signatures. */
  public ModelSources believing(Trust believed) {
    return new ModelSources(model, base, shelf, blobs, Optional.of(believed));
  }
}
