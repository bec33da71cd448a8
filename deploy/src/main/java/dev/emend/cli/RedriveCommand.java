package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.fault.RejectReason;
import dev.emend.redrive.LetterFilter;
import dev.emend.redrive.LetterKey;
import dev.emend.redrive.Redrive;
import dev.emend.redrive.RedriveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend redrive}. */
@Command(
    name = "redrive",
    sortOptions = false,
    description = {
      "Sends dead letters back into the stream, after what was wrong has been fixed.",
      "They keep their event ids; what is still broken comes back as a dead letter."
    })
final class RedriveCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      split = ",",
      description = "Only letters refused for these reasons: ${COMPLETION-CANDIDATES}.")
  private Set<RejectReason> reasons = Set.of();

  @Option(names = "--event", paramLabel = "ID", split = ",", description = "Only these events.")
  private Set<String> events = Set.of();

  @Option(
      names = "--last",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Only letters buried within this time, for example 2h.")
  private Optional<Duration> last = Optional.empty();

  @Option(
      names = "--rekey",
      description = "Make the key anew from the value: repairs KEY_MISMATCH.")
  private boolean rekey;

  @Option(
      names = "--max-redrives",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "A letter that came back so often stays where it is (default: ${DEFAULT-VALUE}).")
  private int mostRedrives;

  @Option(names = "--dry-run", description = "Only count what would be sent.")
  private boolean dryRun;

  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    LetterFilter filter = filter();
    LetterKey key = rekey ? LetterKey.fromValue(broker.connection()) : LetterKey.AS_IT_CAME;
    RedriveResult result =
        new Redrive(broker.connection(), broker.topics(), key)
            .run(filter, dryRun, terminal.progress());
    new TreeMap<>(result.sent()).forEach((reason, count) -> terminal.say(reason + " " + count));
    terminal.say(
        "%d dead letters, %s %d, left %d that came back too often"
            .formatted(
                result.found(), dryRun ? "would send" : "sent", result.total(), result.hopeless()));
    report.write(reportOf(result));
    return CommandLine.ExitCode.OK;
  }

  private LetterFilter filter() {
    if (mostRedrives < 1) {
      throw new Fault(FaultCode.USAGE, "--max-redrives must be at least 1");
    }
    return new LetterFilter(
        reasons.stream().map(RejectReason::name).collect(Collectors.toSet()),
        events,
        last.map(Instant.now()::minus),
        mostRedrives);
  }

  private Map<String, Object> reportOf(RedriveResult result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("found", result.found());
    report.put("sent", dryRun ? 0 : result.total());
    report.put("wanted", result.sent());
    report.put("hopeless", result.hopeless());
    return report;
  }
}
