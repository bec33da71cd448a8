package dev.emend.cli;

import dev.emend.evaluate.ComparisonReport;
import dev.emend.evaluate.Evaluation;
import dev.emend.evaluate.MethodComparison;
import dev.emend.evaluate.Scores;
import dev.emend.plot.ScorePlot;
import dev.emend.table.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private PlotOption plot;

  @Mixin private DatasetOption dataset;

  @Mixin private SelectionOptions selection;
  @Mixin private ComparisonOptions comparison;
  @Mixin private EditOptions numbers;

  @Override
  public Integer call() {
    report.check();
    plot.check();
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
            new Evaluation.Options(
                model.folder(), dataset.file(), selection.single(), model.options()),
            terminal.progress());
    TextTable table = TextTable.withCellsUpTo(40, "score", "percent");
    table.row("ES, rewrite prompts", Percent.of(scores.es()));
    table.row("PS, paraphrases", Percent.of(scores.ps()));
    table.row("NS, neighbours", Percent.of(scores.ns()));
    table.row("S, harmonic mean", Percent.of(scores.s()));
    table.row("rewrite top-1", Percent.of(scores.rewriteTop1()));
    table.row("paraphrase top-1", Percent.of(scores.paraphraseTop1()));
    table.row("neighbourhood top-1", Percent.of(scores.neighbourhoodTop1()));
    table.row("generation exact", Percent.of(scores.generationExact()));
    terminal.say(scores.cases() + " cases");
    table.lines().forEach(terminal::say);
    report.write(scores);
  }

  private void compare() {
    MethodComparison.Options options =
        comparison.options(
            model.folder(), dataset.file(), selection, numbers.overrides(), model.options());
    ComparisonReport done = MethodComparison.run(options, terminal.progress());
    ComparisonTable.of(done).forEach(terminal::say);
    if (done.unreadable() > 0) {
      terminal.say(done.unreadable() + " cases left out: the model cannot read them");
    }
    plot.draw(terminal, file -> ScorePlot.write(done, file));
    report.write(done);
  }
}
