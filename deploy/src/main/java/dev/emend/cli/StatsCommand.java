package dev.emend.cli;

import dev.emend.evaluate.Corpus;
import dev.emend.evaluate.ModelEditors;
import dev.emend.evaluate.StatisticsRun;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend stats}. */
@Command(
    name = "stats",
    sortOptions = false,
    description = "Takes the key statistics of a model from text, for edits of it.")
final class StatsCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "Plain text in UTF-8, a paragraph a line.")
  private List<Path> texts;

  @Option(
      names = "--layers",
      paramLabel = "L,...",
      split = ",",
      description = "Layers to cover (default: those that an edit of the model changes).")
  private List<Integer> layers = List.of();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    try (LanguageModel opened = model.open()) {
      List<Integer> covered =
          layers.isEmpty()
              ? ModelEditors.settings(opened, EditOverrides.NONE).numbers().layers()
              : layers;
      KeyStatistics statistics =
          StatisticsRun.of(opened, covered, Corpus.of(texts), terminal.progress());
      StatisticsFile.write(statistics, out);
      terminal.say(
          "wrote %s: layers %s, %d tokens"
              .formatted(out, statistics.layers(), statistics.origin().tokens()));
    }
    return CommandLine.ExitCode.OK;
  }
}
