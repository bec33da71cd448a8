package dev.emend.cli;

import dev.emend.publish.FactPublisher;
import dev.emend.timeline.SyncOptions;
import dev.emend.timeline.SyncReport;
import dev.emend.timeline.TimelineSync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend sync}. */
@Command(
    name = "sync",
    sortOptions = false,
    description =
        "Replays a dated timeline into the stream, and goes on where it was after a stop.")
final class SyncCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Option(
      names = "--source",
      paramLabel = "FILE",
      required = true,
      description = "Facts as JSON lines with valid_from.")
  private Path source;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Remembers how far it came (default: beside the source).")
  private Optional<Path> checkpoint = Optional.empty();

  @Option(names = "--from", paramLabel = "INSTANT", description = "Leave out what is earlier.")
  private Optional<Instant> from = Optional.empty();

  @Option(names = "--to", paramLabel = "INSTANT", description = "Leave out what is later.")
  private Optional<Instant> to = Optional.empty();

  @Option(
      names = "--days-per-second",
      paramLabel = "X",
      description = "Speed of the replay (default: as fast as possible).")
  private Optional<Double> speed = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    report.check();
    try (FactPublisher publisher =
        FactPublisher.to(broker.reached()).topics(broker.topics()).open()) {
      SyncReport done =
          new TimelineSync(options(), publisher::publishAll, terminal.progress()).run();
      done.refused().values().forEach(terminal::complain);
      terminal.say(
          "%d change points: %d done before, %d published, %d refused"
              .formatted(done.points(), done.resumed(), done.published(), done.refused().size()));
      report.write(reportOf(done));
      return done.refused().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private SyncOptions options() {
    SyncOptions standard = SyncOptions.of(source, model.name());
    return new SyncOptions(
        source,
        checkpoint.orElse(standard.checkpoint()),
        model.name(),
        standard.name(),
        from.orElse(null),
        to.orElse(null),
        speed.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
  }

  private static Map<String, Object> reportOf(SyncReport done) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("points", done.points());
    report.put("resumed", done.resumed());
    report.put("published", done.published());
    Map<String, String> refused = new TreeMap<>();
    done.refused()
        .forEach((id, fault) -> refused.put(id, fault.code() + ": " + fault.getMessage()));
    report.put("refused", refused);
    return report;
  }
}
