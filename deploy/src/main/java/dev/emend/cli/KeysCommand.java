package dev.emend.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code emend keys}: what can be done with keys are commands of their own below it. */
@Command(
    name = "keys",
    sortOptions = false,
    description = "Makes keys that sign versions, and says whose signatures are believed.",
    subcommands = {KeysNewCommand.class, KeysListCommand.class, KeysRetireCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
