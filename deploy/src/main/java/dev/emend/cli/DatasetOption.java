package dev.emend.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cases a measurement is about. */
final class DatasetOption {
  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      required = true,
      description = "Cases: CounterFact, EasyEdit's schemas, or our JSON lines.")
  private Path file;

  /** The file. */
  Path file() {
    return file;
  }
}
