package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.train.PublicPatterns;
import dev.emend.train.TrainOptions;
import dev.emend.train.TrainReport;
import dev.emend.train.Trainer;
import dev.emend.train.TrainingContent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Trains a small GPT-2 type model from nothing on a table of facts.")
final class TrainCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private TrainNumbers numbers;
  @Mixin private ReportOption report;

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      required = true,
      description = "Table of facts: relation, subject, object, separated by tabs.")
  private Path facts;

  @Option(
      names = "--wordings",
      paramLabel = "FILE",
      required = true,
      description = "Table of wordings: relation, train or held_out, wording.")
  private Path wordings;

  @Option(names = "--text", paramLabel = "FILE", description = "General text, may be repeated.")
  private List<Path> texts = List.of();

  @Option(
      names = "--patterns",
      paramLabel = "DIR",
      description = "ParaRel's files patterns_P*.jsonl: more wordings to learn from.")
  private Optional<Path> patterns = Optional.empty();

  @Option(
      names = "--relations",
      paramLabel = "FILE",
      description = "Table of relations; says which patterns are whose. Needed by --patterns.")
  private Optional<Path> relations = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write: a Hugging Face model and a checkpoint.")
  private Path out;

  @Override
  public Integer call() {
    report.check();
    TrainOptions options = numbers.options();
    TrainingContent content = content();
    TrainReport done =
        new Trainer(options, content, InstantSource.system(), terminal.progress()).train(out);
    terminal.say(
        String.format(
            Locale.ROOT,
            "%d parameters, %d steps, %d tokens, %.0f s, loss %.3f",
            done.parameters(),
            done.steps(),
            done.tokens(),
            done.seconds(),
            done.loss()));
    terminal.say(
        String.format(
            Locale.ROOT,
            "knows %.1f %% of %d facts behind trained wordings, %.1f %% behind others; prefers %.1f"
                + " %%",
            done.recall().trained(),
            done.recall().facts(),
            done.recall().heldOut(),
            done.recall().preferred()));
    report.write(done);
    return CommandLine.ExitCode.OK;
  }

  private TrainingContent content() {
    TrainingContent content = TrainingContent.read(facts, wordings, texts);
    if (patterns.isEmpty()) {
      return content;
    }
    Path table =
        relations.orElseThrow(() -> new Fault(FaultCode.USAGE, "--patterns needs --relations"));
    return content.withPatterns(PublicPatterns.read(patterns.get(), table));
  }
}
