package dev.emend.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A run of the command line in this JVM.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
public record Command(int exitCode, String out, String err) {
  /** Runs a command with what a person would type after {@code emend}. */
  public static Command run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        EmendCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Command(exitCode, out.toString(), err.toString());
  }
}
