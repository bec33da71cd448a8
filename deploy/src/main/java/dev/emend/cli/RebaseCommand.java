package dev.emend.cli;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.rebase.Rebase;
import dev.emend.rebase.RebaseResult;
import dev.emend.service.ServiceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend rebase}. */
@Command(
    name = "rebase",
    sortOptions = false,
    description = {
      "Writes all standing facts of a model into a new base model, as versions of a new name.",
      "Needs a stream app that runs, for example that of 'emend up'; started again, it goes on."
    })
final class RebaseCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--base",
      paramLabel = "DIR",
      required = true,
      description = "The new base model.")
  private Path base;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      required = true,
      description = "Name of the new line of versions; publishers and subscribers move to it.")
  private String name;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "What the new worker starts faster with (default: rebase-NAME).")
  private Optional<Path> state = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "24h",
      description = "How long to wait for all facts at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private TrustOption trust;
  @Mixin private ModelNameOption model;
  @Mixin private WorkerOptions worker;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    RebaseResult result =
        new Rebase(model.name(), trust.trust(), options(), timeout).run(terminal.progress());
    result.outcomes().with(OutcomeCode.REJECTED).stream()
        .map(RebaseCommand::line)
        .forEach(terminal::say);
    terminal.say(
        "%d facts of %s version %d are in %s version %d; %d were refused"
            .formatted(
                result.facts() - result.rejected(),
                model.name(),
                result.from(),
                name,
                result.version().version(),
                result.rejected()));
    report.write(reportOf(result));
    return result.rejected() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private ServiceOptions options() {
    return new ServiceOptions(
        broker.reached(),
        broker.topics(),
        name,
        base,
        state.orElse(Path.of("rebase-" + name)),
        0,
        0,
        Map.of(),
        worker.settings());
  }

  private static String line(FactOutcome outcome) {
    return "%s %s %s (%s)"
        .formatted(
            outcome.getEventId(), outcome.getCode(), outcome.getReason(), outcome.getDetail());
  }

  private Map<String, Object> reportOf(RebaseResult result) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("from", model.name());
    content.put("from_version", result.from());
    content.put("model", name);
    content.put("version", result.version().version());
    content.put("digest", result.version().digest().hex());
    content.put("facts", result.facts());
    content.put("outcomes", result.outcomes().counts());
    return content;
  }
}
