package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sink.AdapterEndpoint;
import dev.emend.sink.AdapterRank;
import dev.emend.sink.AdapterUse;
import dev.emend.sink.LoraAdapterSink;
import dev.emend.sink.Patience;
import dev.emend.sink.WebhookSink;
import dev.emend.size.ByteSize;
import dev.emend.subscribe.ModelSubscriberBuilder;
import dev.emend.subscribe.SnapshotRule;
import dev.emend.subscribe.SnapshotShelf;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a served version is handed on as, besides the folder. */
final class SinkOptions {
  private static final ByteSize SNAPSHOT_BYTES = ByteSize.parse("1GB");
  private static final int SNAPSHOTS_KEPT = 3;

  @Option(
      names = "--snapshot-every",
      paramLabel = "N",
      description = "Add a snapshot to --snapshots every N versions; the newest three stay.")
  private Optional<Integer> every = Optional.empty();

  @Option(
      names = "--adapters",
      paramLabel = "DIR",
      description = "Write each version as a LoRA adapter on the base model, too.")
  private Optional<Path> adapters = Optional.empty();

  @Option(
      names = "--adapter-rank",
      paramLabel = "N",
      defaultValue = "64",
      description = "Largest rank of an adapter (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(
      names = "--adapter-error",
      paramLabel = "SHARE",
      defaultValue = "0.001",
      description =
          "Stop at the rank that misses this share of the difference (default: ${DEFAULT-VALUE}).")
  private double error;

  @Option(
      names = "--load-adapter",
      paramLabel = "URL",
      description = "Have this model server load each adapter (vLLM's /v1/load_lora_adapter).")
  private Optional<URI> server = Optional.empty();

  @Option(names = "--webhook", paramLabel = "URL", description = "Post each version to this URL.")
  private Optional<URI> webhook = Optional.empty();

  /** Adds what was asked for to a subscription. */
  void addTo(
      ModelSubscriberBuilder builder,
      Terminal terminal,
      String model,
      Path base,
      Optional<SnapshotShelf> shelf) {
    every.ifPresent(versions -> builder.snapshots(required(shelf), rule(versions)));
    adapters.ifPresent(
        folder ->
            builder.listener(new LoraAdapterSink(base, folder, rank(), use(model, terminal))));
    webhook.ifPresent(
        target -> builder.listener(new WebhookSink(target, Patience.DEFAULT, Map.of())));
  }

  private static SnapshotShelf required(Optional<SnapshotShelf> shelf) {
    return shelf.orElseThrow(
        () -> new Fault(FaultCode.USAGE, "--snapshot-every needs --snapshots DIR"));
  }

  private static SnapshotRule rule(int versions) {
    if (versions < 1) {
      throw new Fault(FaultCode.USAGE, "--snapshot-every must be at least 1, not " + versions);
    }
    return new SnapshotRule(versions, SNAPSHOT_BYTES, SNAPSHOTS_KEPT);
  }

  private AdapterRank rank() {
    if (rank < 1 || !(error >= 0 && error < 1)) {
      throw new Fault(
          FaultCode.USAGE, "--adapter-rank is at least 1, --adapter-error at least 0 and below 1");
    }
    return new AdapterRank(rank, error);
  }

  private AdapterUse use(String model, Terminal terminal) {
    Optional<AdapterEndpoint> endpoint =
        server.map(url -> AdapterEndpoint.named(url, model, Patience.DEFAULT, Map.of()));
    return (adapter, folder) -> {
      terminal.say(
          String.format(
              Locale.ROOT,
              "adapter %s rank %d misses %.1e of the difference",
              folder,
              adapter.rank(),
              adapter.error()));
      endpoint.ifPresent(loaded -> loaded.use(adapter, folder));
    };
  }
}
