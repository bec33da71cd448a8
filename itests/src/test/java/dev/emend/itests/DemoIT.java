package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a new user starts it, in a process of its own. */
class DemoIT {
  private static final long PATIENCE_SECONDS = 300;
  private static final int LEAST_EVENTS = 30;

  private final Path home = Path.of(System.getProperty("emend.home", "..")).toAbsolutePath();
  @TempDir Path folder;

  @Test
  void shouldMakeGoodOnItsPromises() throws IOException, InterruptedException {
    Path report = folder.resolve("demo.json");
    Path output = folder.resolve("demo.txt");
    Process demo =
        new ProcessBuilder(
                home.resolve("deploy/emend").toString(), "demo", "--report", report.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("events").asInt()).isGreaterThanOrEqualTo(LEAST_EVENTS);
    assertThat(told.path("outcomes").path("DUPLICATE").asInt()).isPositive();
    assertThat(told.path("outcomes").path("REJECTED").asInt()).isEqualTo(2);
    assertThat(told.path("subscriber_digest_equal").asBoolean()).isTrue();
    assertThat(told.path("before")).hasSameSizeAs(told.path("after"));
    assertThat(told.path("latency_seconds").path("p99").asDouble()).isPositive();
  }
}
