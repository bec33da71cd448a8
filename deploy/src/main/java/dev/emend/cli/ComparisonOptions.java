package dev.emend.cli;

import dev.emend.evaluate.MethodComparison;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditOverrides;
import dev.emend.method.MethodName;
import dev.emend.method.MethodOptions;
import dev.emend.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which editing methods to compare, and their numbers. */
final class ComparisonOptions {
  @Option(
      names = "--method",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "Edit with these methods first: memit-mass, memit-sequential, rome, alphaedit, finetune.")
  private List<String> methods = List.of();

  @Option(
      names = "--edits",
      paramLabel = "N,...",
      split = ",",
      description =
          "So many edits on top of each other (default: all cases); small numbers are tried on"
              + " several groups of cases.")
  private List<Integer> edits = List.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Facts edited together (default: memit-mass and finetune all, memit-sequential 1,"
              + " alphaedit 100; rome is always 1).")
  private Optional<Integer> window = Optional.empty();

  @Option(names = "--consolidate", description = "memit-mass: consolidate after every window.")
  private boolean consolidate;

  @Mixin private StatisticsOption statistics;

  @Option(
      names = "--null-threshold",
      paramLabel = "X",
      description = "alphaedit: eigenvalues of the statistics below it are free (default: 0.02).")
  private double threshold = MethodOptions.PUBLISHED.projection().threshold();

  @Option(
      names = "--l2",
      paramLabel = "X",
      description = "alphaedit: weight of the update's size (default: 10).")
  private double ridge = MethodOptions.PUBLISHED.projection().ridge();

  @Option(
      names = "--ft-steps",
      paramLabel = "N",
      description = "finetune: steps of Adam (default: 25).")
  private int steps = MethodOptions.PUBLISHED.descent().steps();

  @Option(
      names = "--ft-lr",
      paramLabel = "X",
      description = "finetune: learning rate (default: 0.0005).")
  private double rate = MethodOptions.PUBLISHED.descent().rate();

  @Option(
      names = "--ft-bound",
      paramLabel = "X",
      description = "finetune: largest change of a weight (default: unbounded).")
  private double bound = MethodOptions.PUBLISHED.descent().bound();

  /** Whether methods are to be compared. */
  boolean wanted() {
    return !methods.isEmpty();
  }

  /** What to compare; refuses numbers out of range. */
  MethodComparison.Options options(
      Path model,
      Path dataset,
      SelectionOptions selection,
      EditOverrides overrides,
      ModelOptions run) {
    try {
      MethodOptions numbers =
          new MethodOptions(
              window,
              consolidate,
              new MethodOptions.Projection(threshold, ridge),
              new MethodOptions.Descent(steps, rate, bound));
      return new MethodComparison.Options(
          model,
          dataset,
          selection.selection(),
          selection.seeds(),
          methods.stream().map(MethodName::of).toList(),
          edits,
          overrides,
          statistics.file(),
          numbers,
          run);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable numbers: " + e.getMessage(), e);
    }
  }
}
