package dev.emend.cli;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.Priority;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.history.HistoryLog;
import dev.emend.history.Retraction;
import dev.emend.history.Spell;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend retract}. */
@Command(
    name = "retract",
    sortOptions = false,
    description =
        "Publishes a retraction of the fact that an event set, and waits until it is out.")
final class RetractCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--event",
      paramLabel = "ID",
      required = true,
      description = "The event; 'emend facts' shows which event set a fact.")
  private String event;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "emend-cli",
      description = "Who says so, for the audit trail (default: ${DEFAULT-VALUE}).")
  private String source;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long to wait at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private TrustOption trust;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    Spell spell =
        Retraction.of(
            new HistoryLog(broker.connection(), broker.topics(), trust.trust()).of(model.name()),
            event);
    FactOutcome outcome = publish(retraction(spell));
    if (outcome.getVersion() == null) {
      throw new Fault(
          FaultCode.FACT_INVALID,
          "the retraction of '%s' ended as %s: %s"
              .formatted(event, outcome.getCode(), outcome.getDetail()));
    }
    terminal.say(
        "%s %s %s is out since version %d"
            .formatted(
                spell.fact().subject(),
                spell.fact().relation(),
                spell.object(),
                outcome.getVersion()));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("event", event);
    content.put("retraction", outcome.getEventId());
    content.put("outcome", outcome.getCode());
    content.put("version", outcome.getVersion());
    report.write(content);
    return CommandLine.ExitCode.OK;
  }

  private FactChange retraction(Spell spell) {
    return FactChange.newBuilder()
        .setEventId(UUID.randomUUID().toString())
        .setModel(model.name())
        .setOp(FactOp.RETRACT)
        .setSubject(spell.fact().subject())
        .setRelation(spell.fact().relation())
        .setPrompt(spell.fact().prompt())
        .setObject(null)
        .setPriority(Priority.URGENT)
        .setRecordedAt(Instant.now())
        .setSource(source)
        .build();
  }

  private FactOutcome publish(FactChange retraction) {
    // Opened first, so that no outcome comes before somebody listens.
    try (OutcomeFeed feed = OutcomeFeed.fromNow(broker.connection(), broker.topics());
        FactPublisher publisher =
            FactPublisher.to(broker.connection()).topics(broker.topics()).source(source).open()) {
      publisher.publishAll(List.of(retraction)).join().failed().values().stream()
          .findFirst()
          .ifPresent(
              fault -> {
                throw fault;
              });
      return feed.await(List.of(retraction.getEventId()), timeout, Progress.NONE).all().get(0);
    }
  }
}
