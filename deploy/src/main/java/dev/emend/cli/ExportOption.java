package dev.emend.cli;

import dev.emend.evaluate.Export;
import dev.emend.model.Precision;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** In what form an edited model is written. */
final class ExportOption {
  @Option(
      names = "--export-dtype",
      paramLabel = "FORMAT",
      description =
          "Number format of the written weights: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--round-at-random",
      paramLabel = "SEED",
      description =
          "Round edited weights up or down at random, the likelier the closer, so that small"
              + " changes survive on average (default: to nearest).")
  private Optional<Long> seed = Optional.empty();

  /** What was given. */
  Export export() {
    return new Export(precision, seed.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }
}
