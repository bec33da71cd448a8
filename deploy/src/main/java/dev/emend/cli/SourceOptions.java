package dev.emend.cli;

import dev.emend.blob.BlobStores;
import dev.emend.delta.BlobStore;
import dev.emend.sign.Trust;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.SnapshotShelf;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the parts of a model's versions are that the log does not hold, and who signed them. */
final class SourceOptions {
  @Option(
      names = "--snapshots",
      paramLabel = "DIR",
      description = "Snapshots to start from where that is cheaper than reading the log.")
  private Optional<Path> snapshots = Optional.empty();

  @Option(
      names = "--blobs",
      paramLabel = "PLACE",
      description =
          "Where payloads are that the log only names: a folder, or"
              + " s3://bucket/prefix?region=R&endpoint=URL.")
  private Optional<String> blobs = Optional.empty();

  @Mixin private TrustOption trust;

  /** All of it, for a model. */
  ModelSources of(String model, Path base) {
    return new ModelSources(model, base, shelf(), blobs(), trust());
  }

  /** The snapshots, if some were named. */
  Optional<SnapshotShelf> shelf() {
    return snapshots.map(SnapshotShelf::new);
  }

  /** The store of payloads, if one was named. */
  Optional<BlobStore> blobs() {
    return blobs.map(BlobStores::open);
  }

  /** Whose signatures are believed; empty to ask for none. */
  Optional<Trust> trust() {
    return trust.trust();
  }
}
