package dev.emend.cli;

import dev.emend.delta.ExactUpdate;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import dev.emend.subscribe.SnapshotShelf;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which versions to follow, and where what the log does not hold is. */
final class FollowOptions {
  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description =
          "Follow this alias, for example live or canary, back and forth (default: every version).")
  private Optional<String> alias = Optional.empty();

  @Mixin private SourceOptions sources;

  /** A subscription to the model; updates are computed on all cores. */
  ModelSubscriberBuilder subscription(String model, Path base, BrokerOptions broker) {
    ModelSubscriberBuilder builder =
        ModelSubscriber.of(model, base).topics(broker.topics()).update(ExactUpdate.onAllCores());
    alias.ifPresent(builder::follow);
    sources.trust().ifPresent(builder::trust);
    sources.blobs().ifPresent(builder::blobs);
    shelf().ifPresent(builder::snapshots);
    return builder;
  }

  /** The snapshots, if some were named. */
  Optional<SnapshotShelf> shelf() {
    return sources.shelf();
  }
}
