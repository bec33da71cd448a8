package dev.emend.itests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.DeltaKind;
import dev.emend.itests.chaos.check.Checker;
import dev.emend.itests.chaos.check.Finding;
import dev.emend.itests.chaos.system.Slot;
import dev.emend.worker.CommitDoom;
import java.nio.file.Path;
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
    ChaosSettings settings = ChaosSettings.shortRun();

    ChaosResult result = ChaosRun.run(settings, folder);

    ChaosReport.write(result, REPORTS, "short");
    assertThat(result.findings()).as("seed %d, %s", settings.seed(), folder).isEmpty();
    assertThat(result.latencies()).isNotEmpty();
    assertThat(result.versions(DeltaKind.CONSOLIDATION)).isPositive();
  }

  /** The same commits are cut off, and each record counts as soon as it is written. */
  @Test
  void shouldSeeWhatGetsLostWithoutTransactions() throws Exception {
    ChaosSettings settings = ChaosSettings.withoutTransactions();

    ChaosResult result = ChaosRun.run(settings, folder);

    ChaosReport.write(result, REPORTS, "without-transactions");
    assertThat(result.versions()).as("seed %d, %s", settings.seed(), folder).isNotEmpty();
    assertThat(result.slots()).flatExtracting(Slot::exits).contains(CommitDoom.EXIT);
    // Not what is still to come: a version is there, and nobody will ever tell its events so.
    assertThat(result.findings())
        .as("seed %d, %s", settings.seed(), folder)
        .isNotEmpty()
        .allMatch(finding -> finding.kind() == Finding.Kind.LOST);
    assertThat(Checker.check(result.log())).containsAll(result.findings());
  }
}
