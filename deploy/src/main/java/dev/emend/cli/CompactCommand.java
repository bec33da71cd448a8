package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.retain.Compaction;
import dev.emend.retain.CompactionResult;
import dev.emend.retain.CompactionSettings;
import dev.emend.retain.RetentionPromise;
import dev.emend.retain.SnapshotDistance;
import dev.emend.sign.SigningKey;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend compact}. */
@Command(
    name = "compact",
    sortOptions = false,
    description = {
      "Takes a snapshot of a model and deletes what lies before it in the log.",
      "Every promised version, and every version that an alias points to, can still be rebuilt."
    })
final class CompactCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(names = "--base", paramLabel = "DIR", required = true, description = "The base model.")
  private Path base;

  @Option(
      names = "--keep-versions",
      paramLabel = "N",
      defaultValue = "100",
      description = "Promise the newest N versions (default: ${DEFAULT-VALUE}).")
  private int versions;

  @Option(
      names = "--keep-for",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "168h",
      description = "Promise what was the newest within this time (default: ${DEFAULT-VALUE}).")
  private Duration age;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "50",
      description = "Versions between two snapshots (default: ${DEFAULT-VALUE}).")
  private int every;

  @Option(
      names = "--every-bytes",
      paramLabel = "SIZE",
      defaultValue = "1GB",
      description = "Or payloads of this size (default: ${DEFAULT-VALUE}).")
  private String everyBytes;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Private key that signs where rebuilding begins from now on (default: unsigned).")
  private Optional<Path> key = Optional.empty();

  @Option(names = "--dry-run", description = "Only say what would be deleted.")
  private boolean dryRun;

  @Mixin private SourceOptions sources;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    CompactionSettings settings = settings();
    CompactionResult result = new Compaction(broker.connection(), broker.topics(), settings).run();
    result.snapshot().ifPresent(taken -> terminal.say("snapshot of version " + taken));
    terminal.say(
        "%s %d records, %d blobs, %d snapshots; versions from %d on can be rebuilt, from version %d"
            .formatted(
                dryRun ? "would delete" : "deleted",
                result.records(),
                result.blobs(),
                result.snapshots().size(),
                result.oldestPromised(),
                result.start()));
    report.write(reportOf(result));
    return CommandLine.ExitCode.OK;
  }

  private CompactionSettings settings() {
    if (sources.shelf().isEmpty()) {
      throw new Fault(
          FaultCode.USAGE,
          "--snapshots DIR is missing: where the worker and new subscribers start from afterwards");
    }
    try {
      return new CompactionSettings(
          sources.of(model.name(), base),
          new RetentionPromise(versions, age, Set.of()),
          new SnapshotDistance(every, ByteSize.parse(everyBytes)),
          key.map(SigningKey::read),
          dryRun);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "" + e.getMessage(), e);
    }
  }

  private Map<String, Object> reportOf(CompactionResult result) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", model.name());
    content.put("oldest_promised", result.oldestPromised());
    content.put("start", result.start());
    result.snapshot().ifPresent(taken -> content.put("snapshot", taken));
    content.put("records", result.records());
    content.put("blobs", result.blobs());
    content.put("snapshots", result.snapshots());
    content.put("dry_run", dryRun);
    return content;
  }
}
