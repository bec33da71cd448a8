package dev.emend.itests.chaos.system;

import dev.emend.itests.chaos.role.RoleProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of our parts, in a JVM with a small heap and the quick compiler. */
final class JvmMember implements Member {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

  private static final int POLL_MS = 50;

  private final Process process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile @Nullable String ready;

  JvmMember(RoleKind kind, Path settings, Path log) {
    try {
      process =
          new ProcessBuilder(command(kind, settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new IllegalStateException("no process for " + kind, e);
    }
    Thread reader = new Thread(this::read, kind.label() + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(RoleKind kind, Path settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + kind.heapMegabytes() + "m");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Demend.console.level=INFO");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(kind.mainClass(), settings.toString()));
    return command;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (ready == null && line.startsWith(RoleProcess.READY)) {
          ready = line.substring(RoleProcess.READY.length()).strip();
        } else {
          answers.add(line);
        }
      }
    } catch (IOException e) {
      answers.add("gone: " + e);
    }
  }

  /** Asks for a line; empty if none comes in time. */
  synchronized Optional<String> ask(String command, Duration patience) {
    try {
      answers.clear();
      OutputStream to = process.getOutputStream();
      to.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
      return answer(System.nanoTime() + patience.toNanos());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Who is dead does not answer. */
  private Optional<String> answer(long end) throws InterruptedException {
    String answer = null;
    while (answer == null && process.isAlive() && System.nanoTime() < end) {
      answer = answers.poll(POLL_MS, TimeUnit.MILLISECONDS);
    }
    return Optional.ofNullable(answer);
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public Optional<String> ready() {
    return Optional.ofNullable(ready);
  }

  @Override
  public Optional<Integer> exit() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  @Override
  public void stop() {
    try {
      process.getOutputStream().write((RoleProcess.STOP + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      if (process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (IOException e) {
      process.destroy(); // it ended already, or is about to
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
