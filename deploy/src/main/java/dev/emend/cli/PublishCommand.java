package dev.emend.cli;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.FactChanges;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.outcome.Originals;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.outcome.Outcomes;
import dev.emend.publish.BulkResult;
import dev.emend.publish.FactPublisher;
import dev.emend.publish.Published;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emend publish}. */
@Command(
    name = "publish",
    sortOptions = false,
    description = "Publishes fact changes and, if asked, waits for what becomes of them.")
final class PublishCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private FactOptions fact;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Facts: our JSON lines, CounterFact or EasyEdit's schemas.")
  private List<Path> files = List.of();

  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "emend-cli",
      description = "Who says so, for the audit trail (default: ${DEFAULT-VALUE}).")
  private String source;

  @Option(names = "--wait", description = "Wait for the outcome of each event and print it.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long --wait waits at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() {
    report.check();
    List<FactChange> changes = changes();
    if (!wait) {
      return conclude(publish(changes), Optional.empty());
    }
    // Opened first, so that no outcome comes before somebody listens.
    try (OutcomeFeed feed = OutcomeFeed.fromNow(broker.connection(), broker.topics())) {
      BulkResult sent = publish(changes);
      List<String> ids = sent.published().stream().map(Published::eventId).toList();
      Outcomes outcomes = feed.await(ids, timeout, terminal.progress());
      Outcomes originals = Originals.of(outcomes, broker.connection(), broker.topics(), timeout);
      return conclude(sent, Optional.of(outcomes.and(originals)));
    }
  }

  private List<FactChange> changes() {
    Instant now = Instant.now();
    if (files.isEmpty() != fact.given()) {
      throw new Fault(
          FaultCode.USAGE,
          "name either files, or one fact with --subject, --relation, --prompt and --object");
    }
    if (fact.given()) {
      return List.of(fact.toChange(model.name(), now));
    }
    return files.stream()
        .flatMap(file -> DatasetReader.readAll(file).stream())
        .map(edit -> FactChanges.of(edit, model.name(), now, source))
        .toList();
  }

  private BulkResult publish(List<FactChange> changes) {
    try (FactPublisher publisher =
        FactPublisher.to(changes.size() > 1 ? broker.reached() : broker.connection())
            .topics(broker.topics())
            .source(source)
            .open()) {
      return publisher.publishAll(changes).join();
    }
  }

  private int conclude(BulkResult sent, Optional<Outcomes> outcomes) {
    sent.failed().values().forEach(terminal::complain);
    outcomes.ifPresent(these -> these.all().forEach(outcome -> terminal.say(line(outcome))));
    terminal.say("published " + sent.published().size() + ", refused " + sent.failed().size());
    report.write(reportOf(sent, outcomes));
    boolean rejected =
        outcomes.map(these -> !these.with(OutcomeCode.REJECTED).isEmpty()).orElse(false);
    return sent.failed().isEmpty() && !rejected
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static Map<String, Object> reportOf(BulkResult sent, Optional<Outcomes> outcomes) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("published", sent.published().size());
    Map<String, String> failed = new TreeMap<>();
    sent.failed().forEach((id, fault) -> failed.put(id, fault.code() + ": " + fault.getMessage()));
    report.put("failed", failed);
    outcomes.ifPresent(
        these -> {
          report.put("outcomes", these.counts());
          report.put("version", these.lastVersion());
        });
    return report;
  }

  private static String line(FactOutcome outcome) {
    StringBuilder line = new StringBuilder(outcome.getEventId() + " " + outcome.getCode());
    if (outcome.getVersion() != null) {
      line.append(" in version ").append(outcome.getVersion());
    }
    if (outcome.getBy() != null) {
      line.append(" by ").append(outcome.getBy());
    }
    if (outcome.getReason() != null) {
      line.append(' ').append(outcome.getReason());
    }
    if (outcome.getDetail() != null) {
      line.append(" (").append(outcome.getDetail()).append(')');
    }
    return line.toString();
  }
}
