package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchScheduleCommandTest {
  @TempDir private Path folder;

  @Test
  void shouldHoldTheSchedulerAgainstFixedWindowsOfAWorkerWhoseCostIsGiven() throws IOException {
    Path report = folder.resolve("schedule.json");
    CommandRun run =
        CommandRun.of(
            "bench",
            "schedule",
            "--cost",
            "100ms+60ms",
            "--seeds",
            "1",
            "--windows",
            "2",
            "--report",
            report.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("capacity is 16.5 facts a second").contains("trickle");
    JsonNode read = new ObjectMapper().readTree(report.toFile());
    assertThat(read.path("patterns")).hasSizeGreaterThan(5);
    assertThat(read.path("worst_throughput_ratio").asDouble()).isBetween(0.9, 1.1);
    assertThat(read.path("patterns"))
        .allSatisfy(
            pattern -> {
              assertThat(pattern.path("p99_ratio").asDouble()).isBetween(0.3, 2.0);
              assertThat(pattern.path("scheduler").path("broken").asDouble()).isZero();
            });
  }

  @Test
  void shouldAskForWhatTheWorkerIsLike() {
    CommandRun run = CommandRun.of("bench", "schedule");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--calibration").contains("--cost");
    CommandRun odd = CommandRun.of("bench", "schedule", "--cost", "60ms");
    assertThat(odd.exitCode()).isEqualTo(2);
    assertThat(odd.err()).contains("100ms+60ms");
  }
}
