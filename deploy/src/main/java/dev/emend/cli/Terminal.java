package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.progress.Progress;
import java.io.PrintWriter;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a command writes to: answers on standard output, progress on standard error. */
@Command
final class Terminal {
  /** Set by the start script: whether standard error is a terminal. */
  private static final String INTERACTIVE = "emend.terminal";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Where the answer goes. */
  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** One line of the answer, visible at once. */
  void say(String line) {
    out().println(line);
    out().flush();
  }

  /** One line about something that failed while the rest went on. */
  void complain(Fault fault) {
    PrintWriter err = command.commandLine().getErr();
    err.println(ErrorLine.lineOf(fault));
    err.flush();
  }

  /** A bar that redraws itself on a terminal, plain lines otherwise. */
  Progress progress() {
    PrintWriter err = command.commandLine().getErr();
    return Boolean.getBoolean(INTERACTIVE)
        ? new BarProgress(err, InstantSource.system())
        : new LineProgress(err, InstantSource.system());
  }
}
