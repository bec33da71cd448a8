package dev.emend.cli;

import dev.emend.evaluate.ComparisonReport;
import dev.emend.evaluate.Evaluation;
import dev.emend.evaluate.MethodComparison;
import dev.emend.evaluate.Scores;
import dev.emend.table.TextTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend eval}. */
@Command(
    name = "eval",
    sortOptions = false,
    description = {
      "Scores a model on a data set: efficacy, paraphrases, neighbours.",
      "With --method, edits it with the data set's facts first, with one method after another, and"
          + " asks all of them in the end; the model's folder is left as it is."
    })
final class EvalCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      required = true,
      description = "Cases: CounterFact, EasyEdit's schemas, or our JSON lines.")
  private Path dataset;

  @Mixin private SelectionOptions selection;
  @Mixin private ComparisonOptions comparison;
  @Mixin private EditOptions numbers;

  @Override
  public Integer call() {
    report.check();
    if (comparison.wanted()) {
      compare();
    } else {
      score();
    }
    return CommandLine.ExitCode.OK;
  }

  private void score() {
    Scores scores =
        Evaluation.run(
            new Evaluation.Options(model.folder(), dataset, selection.single(), model.options()),
            terminal.progress());
    TextTable table = TextTable.withCellsUpTo(40, "score", "percent");
    table.row("ES, rewrite prompts", percent(scores.es()));
    table.row("PS, paraphrases", percent(scores.ps()));
    table.row("NS, neighbours", percent(scores.ns()));
    table.row("S, harmonic mean", percent(scores.s()));
    table.row("rewrite top-1", percent(scores.rewriteTop1()));
    table.row("paraphrase top-1", percent(scores.paraphraseTop1()));
    table.row("neighbourhood top-1", percent(scores.neighbourhoodTop1()));
    table.row("generation exact", percent(scores.generationExact()));
    terminal.say(scores.cases() + " cases");
    table.lines().forEach(terminal::say);
    report.write(scores);
  }

  private void compare() {
    MethodComparison.Options options =
        comparison.options(
            model.folder(), dataset, selection, numbers.overrides(), model.options());
    ComparisonReport done = MethodComparison.run(options, terminal.progress());
    TextTable table =
        TextTable.withCellsUpTo(
            24, "method", "edits", "S", "ES", "PS", "NS", "top-1", "free", "s/edit");
    row(table, "before", 0, done.before(), "-");
    for (ComparisonReport.Row row : done.rows()) {
      String seconds = String.format(Locale.ROOT, "%.3f", row.secondsPerEdit());
      row(table, row.method(), row.edits(), row.scores(), seconds);
    }
    table.lines().forEach(terminal::say);
    if (done.unreadable() > 0) {
      terminal.say(done.unreadable() + " cases left out: the model cannot read them");
    }
    report.write(done);
  }

  private static void row(
      TextTable table, String method, int edits, Scores scores, String seconds) {
    table.row(
        method,
        edits,
        percent(scores.s()),
        percent(scores.es()),
        percent(scores.ps()),
        percent(scores.ns()),
        percent(scores.rewriteTop1()),
        percent(scores.generationExact()),
        seconds);
  }

  private static String percent(@Nullable Double score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.1f", score);
  }
}
