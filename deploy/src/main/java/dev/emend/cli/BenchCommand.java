package dev.emend.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code emend bench}: each measurement is a command of its own below it. */
@Command(
    name = "bench",
    sortOptions = false,
    description = "Measures a part of Emend on this machine.",
    subcommands = {
      BenchContinualCommand.class,
      BenchDeltaCommand.class,
      BenchEditCommand.class,
      BenchFanoutCommand.class,
      BenchPrecisionCommand.class,
      BenchScheduleCommand.class,
      BenchSolveCommand.class,
      BenchStreamCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Without a command there is nothing to measure but to say what can be. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
