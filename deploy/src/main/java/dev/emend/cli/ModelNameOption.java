package dev.emend.cli;

import picocli.CommandLine.Option;

/** The name under which a model is known in the stream; not its folder. */
final class ModelNameOption {
  static final String DEFAULT = "emend";

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      defaultValue = DEFAULT,
      description = "Name of the model in the stream (default: ${DEFAULT-VALUE}).")
  private String name;

  /** The name. */
  String name() {
    return name;
  }
}
