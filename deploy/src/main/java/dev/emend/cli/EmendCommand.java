package dev.emend.cli;

import dev.emend.memit.EditMode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "emend",
    description = "Keeps a language model's facts current from a stream of events.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "emend 0.1.0",
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PublishCommand.class,
      SubscribeCommand.class,
      SyncCommand.class,
      RedriveCommand.class,
      VersionsCommand.class,
      PromoteCommand.class,
      FactsCommand.class,
      DiffCommand.class,
      AuditCommand.class,
      RetractCommand.class,
      KeysCommand.class,
      AclCommand.class,
      RollbackCommand.class,
      CompactCommand.class,
      RebaseCommand.class,
      AskCommand.class,
      ServeCommand.class,
      EditCommand.class,
      EvalCommand.class,
      StatsCommand.class,
      TuneCommand.class,
      CalibrateCommand.class,
      TrainCommand.class,
      ParityCommand.class,
      BenchCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class EmendCommand implements Callable<Integer> {
  static final String VERBOSE = "--verbose";

  @Spec private CommandSpec spec;

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show log lines, and the trace of an error.")
  private boolean verbose;

  /** The whole command line with its error handling. */
  static CommandLine commandLine() {
    EmendCommand root = new EmendCommand();
    ErrorLine errors = new ErrorLine(() -> root.verbose);
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(EditMode.class, EditMode::named)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
