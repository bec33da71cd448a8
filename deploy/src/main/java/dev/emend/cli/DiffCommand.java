package dev.emend.cli;

import dev.emend.history.FactDifference;
import dev.emend.history.HistoryLog;
import dev.emend.history.ModelHistory;
import dev.emend.history.WeightDifference;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.VersionRebuild;
import dev.emend.table.FactTable;
import dev.emend.table.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emend diff}. */
@Command(
    name = "diff",
    sortOptions = false,
    description = "Says in which facts and weights two versions of a model differ.")
final class DiffCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Parameters(index = "0", paramLabel = "FROM", description = "A version; 0 is the base model.")
  private long from;

  @Parameters(index = "1", paramLabel = "TO", description = "Another version.")
  private long to;

  @Option(
      names = "--base",
      paramLabel = "DIR",
      description = "The base model: rebuild both versions and measure how far weights moved.")
  private Optional<Path> base = Optional.empty();

  @Mixin private SourceOptions sources;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    ModelHistory history =
        new HistoryLog(broker.connection(), broker.topics(), sources.trust()).of(model.name());
    FactDifference facts = history.between(from, to);
    List<WeightDifference> weights = base.map(this::weights).orElse(List.of());
    long bytes = bytesBetween(history);
    say(facts);
    say(weights);
    terminal.say(
        "%d facts in, %d out, %d changed; %d bytes of deltas between the two"
            .formatted(facts.in().size(), facts.out().size(), facts.changed().size(), bytes));
    report.write(reportOf(facts, weights, bytes));
    return CommandLine.ExitCode.OK;
  }

  private List<WeightDifference> weights(Path folder) {
    VersionRebuild rebuild =
        new VersionRebuild(broker.connection(), broker.topics(), sources.of(model.name(), folder));
    return WeightDifference.between(rebuild.at(from), rebuild.at(to));
  }

  private long bytesBetween(ModelHistory history) {
    return history.versions().stream()
        .filter(v -> v.number() > Math.min(from, to) && v.number() <= Math.max(from, to))
        .mapToLong(LoggedVersion::payloadBytes)
        .sum();
  }

  private void say(FactDifference facts) {
    TextTable table =
        TextTable.withCellsUpTo(40, "", "subject", "relation", "before", "after", "event");
    facts
        .in()
        .forEach(
            s ->
                table.row(
                    "+", s.fact().subject(), s.fact().relation(), "-", s.object(), s.eventId()));
    facts
        .out()
        .forEach(
            s ->
                table.row(
                    "-", s.fact().subject(), s.fact().relation(), s.object(), "-", s.eventId()));
    facts
        .changed()
        .forEach(
            change ->
                table.row(
                    "~",
                    change.after().fact().subject(),
                    change.after().fact().relation(),
                    change.before().object(),
                    change.after().object(),
                    change.after().eventId()));
    table.lines().forEach(terminal::say);
  }

  private void say(List<WeightDifference> weights) {
    if (weights.isEmpty()) {
      return;
    }
    TextTable table = TextTable.withCellsUpTo(60, "tensor", "moved", "share of its norm");
    for (WeightDifference weight : weights) {
      table.row(
          weight.tensor(),
          String.format(Locale.ROOT, "%.5f", weight.difference()),
          String.format(Locale.ROOT, "%.6f", weight.share()));
    }
    table.lines().forEach(terminal::say);
  }

  private Map<String, Object> reportOf(
      FactDifference facts, List<WeightDifference> weights, long bytes) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("from", from);
    content.put("to", to);
    content.put("in", facts.in().stream().map(FactTable::entry).toList());
    content.put("out", facts.out().stream().map(FactTable::entry).toList());
    content.put(
        "changed",
        facts.changed().stream()
            .map(
                change ->
                    Map.of(
                        "before", FactTable.entry(change.before()),
                        "after", FactTable.entry(change.after())))
            .toList());
    content.put("delta_bytes", bytes);
    content.put(
        "tensors",
        weights.stream()
            .map(
                weight ->
                    Map.of(
                        "name", weight.tensor(),
                        "difference_norm", weight.difference(),
                        "norm", weight.norm(),
                        "share", weight.share()))
            .toList());
    return content;
  }
}
