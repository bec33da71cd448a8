package dev.emend.local;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A schema registry (Apicurio) in a process of its own, which ends with this one; see {@link
 * RegistryMain}. Thread-safe.
 */
public final class Registry implements AutoCloseable {
  private static final String API = "/apis/ccompat/v7";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final Process process;
  private final Path log;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private Registry(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::readOutput, "registry-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Launches the process and returns at once.
   *
   * @param data where schemas are kept, across restarts and kills
   * @param log what the process writes goes to the end of this file
   * @param port the port to listen on, or 0 for a free one
   * @throws Fault STACK_START if there is no such program
   */
  public static Registry launch(Path data, Path log, int port) {
    return launch(command(data, port, List.of()), log);
  }

  /** As the other; a temporary folder is deleted by the process when its parent is killed. */
  static Registry launch(StackFolder folder, int port) {
    List<String> sweep =
        folder.temporary() ? List.of("-D" + RegistryMain.SWEEP + "=" + folder.root()) : List.of();
    return launch(command(folder.registry(), port, sweep), folder.log("registry.log"));
  }

  private static Registry launch(List<String> command, Path log) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Registry(process, log);
    } catch (IOException e) {
      throw new Fault(FaultCode.STACK_START, "the schema registry did not start: " + e, e);
    }
  }

  private static List<String> command(Path data, int port, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-Dquarkus.banner.enabled=false");
    command.add("-Dquarkus.log.console.stderr=true");
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + port);
    // Every schema is on disk before its id is given out, so that an id outlives a killed stack.
    command.add(
        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + data.resolve("schemas") + ";WRITE_DELAY=0");
    command.addAll(more);
    command.addAll(List.of("-cp", RegistryHome.classPath(), RegistryMain.class.getName()));
    return command;
  }

  private void readOutput() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // To the end, so that the process never waits for a reader.
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(RegistryMain.READY)) {
          port.complete(Integer.valueOf(line.substring(RegistryMain.READY.length()).strip()));
        }
      }
      port.completeExceptionally(new IOException("the process ended"));
    } catch (IOException | NumberFormatException e) {
      port.completeExceptionally(e);
    }
  }

  /**
   * The address for {@code schema.registry.url}, once the registry answers.
   *
   * @throws Fault STACK_START if it does not come up in time
   */
  public URI awaitReady(Duration patience) {
    try {
      int answered = port.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return URI.create("http://127.0.0.1:" + answered + API);
    } catch (ExecutionException | TimeoutException e) {
      throw new Fault(
          FaultCode.STACK_START, "the schema registry did not start; " + log + " says why", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.STACK_START, "interrupted while the schema registry started", e);
    }
  }

  /** The process, for those who watch or kill it. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    try (OutputStream toProcess = process.getOutputStream()) {
      toProcess.write('\n');
    } catch (IOException e) {
      process.destroy(); // the pipe is broken: it ended already, or is about to
    }
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
