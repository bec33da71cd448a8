package dev.emend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A stack in a process of its own, killed like by {@code kill -9}. */
class KilledStackTest {
  @Test
  void shouldLeaveNoProcessAndNoFolderWhenKilled() throws IOException {
    Process parent = launch();
    try {
      String[] said = firstLine(parent).split(" ", 2);
      ProcessHandle registry = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
      Path folder = Path.of(said[1]);
      assertThat(registry.isAlive()).isTrue();
      assertThat(folder).isDirectory();

      parent.destroyForcibly();

      Awaitility.await("registry ends and folder is gone")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(registry.isAlive()).isFalse();
                assertThat(folder).doesNotExist();
              });
    } finally {
      parent.destroyForcibly();
    }
  }

  private static Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StackMain.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    assertThat(line).as("what the stack said").isNotNull();
    return line;
  }
}
