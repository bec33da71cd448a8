package dev.emend.cli;

import java.util.List;

/** Where the JVM starts. */
public final class EmendMain {
  private EmendMain() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (List.of(args).contains(EmendCommand.VERBOSE)) {
      // Before the first logger exists; log4j2.xml reads it.
      System.setProperty("emend.console.level", "INFO");
    }
    System.exit(EmendCommand.commandLine().execute(args));
  }
}
