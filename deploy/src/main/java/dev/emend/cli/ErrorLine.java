package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns every failure into one line, {@code emend: CODE: message}, and an exit code: 2 for wrong
 * usage, 1 for the rest. The trace is shown on demand only.
 */
final class ErrorLine implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final BooleanSupplier verbose;

  ErrorLine(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException wrong) {
      return handleParseException(wrong, parsed.originalArgs().toArray(String[]::new));
    }
    return report(FailureNames.faultOf(failure), command, verbose.getAsBoolean());
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String hint = " (" + command.getCommandSpec().qualifiedName() + " --help says more)";
    Fault fault =
        wrong.getCause() instanceof Fault cause
            ? cause
            : new Fault(FaultCode.USAGE, wrong.getMessage() + hint, wrong);
    // The parser may have stopped before it came to the option.
    return report(fault, command, List.of(args).contains(EmendCommand.VERBOSE));
  }

  /** The line of a fault. */
  static String lineOf(Fault fault) {
    return "emend: " + fault.code() + ": " + fault.getMessage();
  }

  /** Prints a fault and returns the exit code. */
  static int report(Fault fault, CommandLine command, boolean traced) {
    PrintWriter err = command.getErr();
    err.println(lineOf(fault));
    if (traced) {
      fault.printStackTrace(err);
    }
    err.flush();
    return fault.code().kind() == FaultCode.Kind.USAGE
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
