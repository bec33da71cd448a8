package dev.emend.cli;

import dev.emend.blob.BlobStores;
import dev.emend.delta.ExactUpdate;
import dev.emend.sign.Trust;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import dev.emend.subscribe.SnapshotShelf;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which versions to follow, and where what the log does not hold is. */
final class FollowOptions {
  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description =
          "Follow this alias, for example live or canary, back and forth (default: every version).")
  private Optional<String> alias = Optional.empty();

  @Option(
      names = "--blobs",
      paramLabel = "PLACE",
      description =
          "Where payloads are that the log only names: a folder, or"
              + " s3://bucket/prefix?region=R&endpoint=URL.")
  private Optional<String> blobs = Optional.empty();

  @Option(
      names = "--snapshots",
      paramLabel = "DIR",
      description = "Snapshots to start from where that is cheaper than reading the log.")
  private Optional<Path> snapshots = Optional.empty();

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Require signatures by the keys in this file, of versions, alias and snapshots"
              + " (default: ask for none; 'emend keys' makes such files).")
  private Optional<Path> trust = Optional.empty();

  /** A subscription to the model; updates are computed on all cores. */
  ModelSubscriberBuilder subscription(String model, Path base, BrokerOptions broker) {
    ModelSubscriberBuilder builder =
        ModelSubscriber.of(model, base).topics(broker.topics()).update(ExactUpdate.onAllCores());
    alias.ifPresent(builder::follow);
    trust.map(Trust::read).ifPresent(builder::trust);
    blobs.map(BlobStores::open).ifPresent(builder::blobs);
    shelf().ifPresent(builder::snapshots);
    return builder;
  }

  /** The snapshots, if some were named. */
  Optional<SnapshotShelf> shelf() {
    return snapshots.map(SnapshotShelf::new);
  }
}
