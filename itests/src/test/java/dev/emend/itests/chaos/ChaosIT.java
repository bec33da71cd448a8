package dev.emend.itests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Emend under kills, pauses and cut-off commits, each part a process of its own. */
class ChaosIT {
  private static final Path REPORTS = Path.of("target", "chaos");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void shouldLoseNothingAndDoubleNothing() throws Exception {
    ChaosSettings settings =
        new ChaosSettings(
            Long.getLong("chaos.seed", 20_261_123L),
            Integer.getInteger("chaos.events", 300),
            Integer.getInteger("chaos.rate", 28),
            2,
            Integer.getInteger("chaos.subjects", 150),
            Integer.getInteger("chaos.kills", 2),
            Integer.getInteger("chaos.pauses", 0),
            2,
            Double.parseDouble(System.getProperty("chaos.doom", "0.02")),
            Boolean.parseBoolean(System.getProperty("chaos.transactions", "true")),
            Duration.ofMinutes(3));

    ChaosResult result = ChaosRun.run(settings, folder);

    ChaosReport.write(result, REPORTS, "chaos-" + settings.seed());
    assertThat(result.findings()).as("seed %d, %s", settings.seed(), folder).isEmpty();
  }
}
