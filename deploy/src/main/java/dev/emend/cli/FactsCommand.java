package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.history.HistoryLog;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.table.FactTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend facts}. */
@Command(
    name = "facts",
    sortOptions = false,
    description = {
      "Says what a model was told, by whom, and which versions hold it.",
      "Without a version or a time: what the newest version holds."
    })
final class FactsCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(names = "--subject", paramLabel = "TEXT", description = "Only facts about this entity.")
  private Optional<String> subject = Optional.empty();

  @Option(names = "--relation", paramLabel = "NAME", description = "Only facts of this relation.")
  private Optional<String> relation = Optional.empty();

  @Option(names = "--at", paramLabel = "VERSION", description = "What this version holds.")
  private Optional<Long> version = Optional.empty();

  @Option(
      names = "--at-time",
      paramLabel = "INSTANT",
      description = "What the newest version at this time held, for example 2026-01-31T09:00:00Z.")
  private Optional<Instant> time = Optional.empty();

  @Option(names = "--all", description = "Also what was told and stands no longer.")
  private boolean all;

  @Mixin private TrustOption trust;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    if (Stream.of(version.isPresent(), time.isPresent(), all).filter(given -> given).count() > 1) {
      throw new Fault(FaultCode.USAGE, "--at, --at-time and --all exclude each other");
    }
    ModelHistory history =
        new HistoryLog(broker.connection(), broker.topics(), trust.trust()).of(model.name());
    long asked = version.orElseGet(() -> time.map(history::versionAt).orElse(history.newest()));
    List<Spell> found =
        (all ? history.spells() : history.at(asked)).stream().filter(this::wanted).toList();
    FactTable.of(found).lines().forEach(terminal::say);
    terminal.say(
        "%d %s of %s %s"
            .formatted(
                found.size(),
                found.size() == 1 ? "fact" : "facts",
                model.name(),
                all ? "up to version " + history.newest() : "in version " + asked));
    report.write(reportOf(asked, found));
    return CommandLine.ExitCode.OK;
  }

  private boolean wanted(Spell spell) {
    return subject.map(spell.fact().subject()::equals).orElse(true)
        && relation.map(spell.fact().relation()::equals).orElse(true);
  }

  private Map<String, Object> reportOf(long asked, List<Spell> found) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", model.name());
    content.put("version", asked);
    content.put("facts", found.stream().map(FactTable::entry).toList());
    return content;
  }
}
