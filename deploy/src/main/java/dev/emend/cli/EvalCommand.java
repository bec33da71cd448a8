package dev.emend.cli;

import dev.emend.evaluate.Evaluation;
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
    description = "Scores a model on a data set: efficacy, paraphrases, neighbours.")
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

  @Override
  public Integer call() {
    report.check();
    Scores scores =
        Evaluation.run(
            new Evaluation.Options(model.folder(), dataset, model.options()), terminal.progress());
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
    return CommandLine.ExitCode.OK;
  }

  private static String percent(@Nullable Double score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.1f", score);
  }
}
