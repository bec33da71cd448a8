package dev.emend.cli;

import dev.emend.evaluate.CaseSelection;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which cases of a data set. */
final class SelectionOptions {
  @Option(names = "--cases", paramLabel = "N", description = "At most so many cases.")
  private Optional<Integer> cases = Optional.empty();

  @Option(
      names = "--subset",
      paramLabel = "SEED,...",
      split = ",",
      description =
          "Draw the cases in the order of this seed, one a fact; of several, the scores of all"
              + " (default: the file's own order).")
  private List<Long> seeds = List.of();

  @Option(
      names = "--relations",
      paramLabel = "NAME,...",
      split = ",",
      description = "Only cases of these relations.")
  private List<String> relations = List.of();

  /** The seeds of several subsets. */
  List<Long> seeds() {
    return seeds;
  }

  /** The selection without a seed. */
  CaseSelection selection() {
    if (cases.isPresent() && cases.get() < 1) {
      throw new Fault(FaultCode.USAGE, "--cases must be at least 1, not " + cases.get());
    }
    return new CaseSelection(Optional.empty(), cases, Set.copyOf(relations));
  }

  /** The selection where only one subset makes sense. */
  CaseSelection single() {
    if (seeds.size() > 1) {
      throw new Fault(FaultCode.USAGE, "--subset takes several seeds only together with --method");
    }
    return seeds.isEmpty() ? selection() : selection().withSeed(seeds.get(0));
  }
}
