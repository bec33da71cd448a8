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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One of our parts, in a JVM with a small heap and the quick compiler. */
final class JvmMember implements Member {
  private final Process process;
  private volatile CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
  private volatile @Nullable String ready;

  JvmMember(RoleKind kind, Path settings, Path log, Duration disk) {
    try {
      process =
          new ProcessBuilder(command(kind, settings, disk))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new IllegalStateException("no process for " + kind, e);
    }
    Thread reader = new Thread(this::read, kind.label() + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(RoleKind kind, Path settings, Duration disk) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + kind.heapMegabytes() + "m");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Demend.console.level=INFO");
    if (!disk.isZero()) {
      command.addAll(SlowDisk.options(settings.resolveSibling("slow-disk.jar"), disk));
    }
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
          answer.complete(Optional.of(line));
        }
      }
    } catch (IOException e) {
      answer.complete(Optional.of("gone: " + e));
    }
  }

  /** Asks for a line; empty if none comes in time, or ever, since who is dead does not answer. */
  synchronized Optional<String> ask(String command, Duration patience) {
    CompletableFuture<Optional<String>> awaited = new CompletableFuture<>();
    answer = awaited;
    var unused = process.onExit().thenRun(() -> awaited.complete(Optional.empty()));
    try {
      OutputStream to = process.getOutputStream();
      to.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
      return awaited.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException | TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes an answer with a failure", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
}
