package dev.emend.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Key statistics in place of a model's own. */
final class StatisticsOption {
  @Option(
      names = "--stats",
      paramLabel = "FILE",
      description =
          "Key statistics (default: those beside the model; layers that these lack are taken from"
              + " a default corpus).")
  private Optional<Path> file = Optional.empty();

  /** The file, if there is one. */
  Optional<Path> file() {
    return file;
  }
}
