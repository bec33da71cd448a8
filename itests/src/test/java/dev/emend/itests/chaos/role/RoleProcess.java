package dev.emend.itests.chaos.role;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a part until it breaks, or its parent dies or kills it. On standard output it says {@value
 * #READY} once, then one line for each command; everything else that is printed goes to standard
 * error.
 */
public final class RoleProcess {
  private static final Logger log = LoggerFactory.getLogger(RoleProcess.class);

  public static final String READY = "READY";
  private static final int BROKEN = 3;
  private static final int WATCH_MS = 250;

  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();

  private RoleProcess() {}

  /** Starts a part. */
  @FunctionalInterface
  interface Start {
    /** Returns when it works. */
    Role run(RoleSettings settings) throws Exception;
  }

  /** The whole life of the process. */
  static void live(String[] arguments, Start start) {
    PrintStream toParent = System.out;
    System.setOut(System.err);
    RoleProcess process = new RoleProcess();
    Thread reader = new Thread(process::read, "commands");
    reader.setDaemon(true);
    reader.start();
    try (Role role = start.run(RoleSettings.read(arguments))) {
      say(toParent, READY + " " + role.place());
      process.serve(role, toParent);
    } catch (Throwable e) {
      fail(e);
    }
    Runtime.getRuntime().halt(0);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      log.error("commands cannot be read", e);
    }
    Runtime.getRuntime().halt(1); // nobody is left to talk to
  }

  private void serve(Role role, PrintStream toParent) throws Exception {
    while (true) {
      String command = commands.poll(WATCH_MS, TimeUnit.MILLISECONDS);
      if (command != null) {
        say(toParent, role.answer(command.split(" ")));
      }
      Optional<String> broken = role.broken();
      if (broken.isPresent()) {
        fail(new IllegalStateException("broken: " + broken.get()));
      }
    }
  }

  private static void say(PrintStream toParent, String line) {
    toParent.println(line);
    toParent.flush();
  }

  private static void fail(Throwable cause) {
    log.error("this process ends", cause);
    System.err.flush();
    Runtime.getRuntime().halt(BROKEN);
  }
}
