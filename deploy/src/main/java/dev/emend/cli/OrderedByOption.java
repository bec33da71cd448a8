package dev.emend.cli;

import picocli.CommandLine.Option;

/** {@code --by}. */
final class OrderedByOption {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who orders it, for the audit trail (default: ${DEFAULT-VALUE}).")
  private String name;

  String name() {
    return name;
  }
}
