package dev.emend.itests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The long run of {@code -Pchaos}, beside a calm one of the same records for comparison. */
@Tag("chaos")
class LongChaosIT {
  private static final Path REPORTS = Path.of("target", "chaos");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void shouldLoseNothingAndDoubleNothing() throws Exception {
    ChaosSettings settings = ChaosSettings.longRun();

    ChaosResult calm = ChaosRun.run(settings.calm(), folder.resolve("calm"));
    ChaosReport.write(calm, REPORTS, "calm");
    ChaosResult result = ChaosRun.run(settings, folder.resolve("chaos"));
    ChaosReport.write(result, REPORTS, "long");

    assertThat(calm.findings()).as("calm, seed %d, %s", settings.seed(), folder).isEmpty();
    assertThat(result.lost().fenced() + result.lost().silent())
        .as("workers that lost their place")
        .isGreaterThanOrEqualTo(Math.min(1, settings.trouble().pauses()));
    assertThat(result.findings()).as("seed %d, %s", settings.seed(), folder).isEmpty();
  }
}
