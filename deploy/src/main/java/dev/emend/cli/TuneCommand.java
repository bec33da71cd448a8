package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.table.TextTable;
import dev.emend.tune.Trial;
import dev.emend.tune.TuneReport;
import dev.emend.tune.Tuning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend tune}. */
@Command(
    name = "tune",
    sortOptions = false,
    description = {
      "Finds the layers, lambda, clamp and step length with which a model is edited best, and"
          + " writes them beside it (emend.json; key statistics where they are missing).",
      "Layers are tried as far as the statistics cover them: those of --stats, or those beside the"
          + " model; without either, all that are likely.",
      "Half of the cases are searched on; the other half decide whether anything is written."
    })
final class TuneCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;

  @Mixin private DatasetOption dataset;

  @Mixin private SelectionOptions selection;

  @Mixin private StatisticsOption statistics;

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Time for the search, for example 90s or 2h (default: 10m).")
  private Duration budget = Duration.ofMinutes(10);

  @Override
  public Integer call() {
    report.check();
    if (budget.isZero()) {
      throw new Fault(FaultCode.USAGE, "--budget must be above 0");
    }
    TuneReport done = Tuning.run(options(), InstantSource.system(), terminal.progress());
    TextTable table =
        TextTable.withCellsUpTo(
            30, "tried", "lambda", "clamp", "step", "cases", "S", "ES", "PS", "NS");
    best(done.trials()).forEach(trial -> row(table, "layers " + trial.layers(), trial));
    row(table, "unseen, before", done.before());
    row(table, "unseen, found", done.after());
    table.lines().forEach(terminal::say);
    terminal.say(
        done.written()
            ? "wrote the numbers found to " + model.folder()
            : "nothing written: on unseen cases the numbers found are not better");
    report.write(done);
    return CommandLine.ExitCode.OK;
  }

  private Tuning.Options options() {
    return new Tuning.Options(
        model.folder(),
        dataset.file(),
        selection.single(),
        statistics.file(),
        budget,
        model.options());
  }

  /** The best few of those that were tried on the most cases. */
  private static List<Trial> best(List<Trial> trials) {
    return trials.stream()
        .sorted(
            Comparator.comparingInt((Trial trial) -> -trial.cases())
                .thenComparingDouble(trial -> -trial.goal()))
        .limit(SHOWN)
        .toList();
  }

  private static void row(TextTable table, String name, Trial trial) {
    table.row(
        name,
        number(trial.lambda()),
        number(trial.clamp()),
        number(trial.learningRate()),
        trial.cases(),
        Percent.of(trial.scores().s()),
        Percent.of(trial.scores().es()),
        Percent.of(trial.scores().ps()),
        Percent.of(trial.scores().ns()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
