package dev.emend.cli;

import java.util.List;
import picocli.CommandLine;

/** Where the JVM starts. */
public final class EmendMain {
  private EmendMain() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (List.of(args).contains(EmendCommand.VERBOSE)) {
      // Before the first logger exists; log4j2.xml reads it.
      System.setProperty("emend.console.level", "INFO");
    }
    System.exit(run(EmendCommand.commandLine(), args));
  }

  /** The exit code; an error of the JVM becomes one line, too. */
  private static int run(CommandLine command, String[] args) {
    try {
      return command.execute(args);
    } catch (Throwable e) { // the last line of defence: nothing is hidden, all is reported
      return ErrorLine.report(
          FailureNames.faultOf(e), command, List.of(args).contains(EmendCommand.VERBOSE));
    }
  }
}
