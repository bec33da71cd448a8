package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.progress.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private Instant now = Instant.EPOCH;

  @Test
  void shouldPrintFirstAndLastStepOfPhaseAsLines() {
    Progress progress = new LineProgress(new PrintWriter(text), () -> now);

    for (int step = 0; step <= 20; step++) {
      progress.at("targets", step, 20);
    }
    progress.at("solve", 0, 0);

    assertThat(text.toString()).isEqualTo("targets 0/20\ntargets 20/20\nsolve 0\n");
  }

  @Test
  void shouldPrintLineBetweenAfterPause() {
    Progress progress = new LineProgress(new PrintWriter(text), () -> now);

    progress.at("targets", 0, 20);
    now = now.plus(Duration.ofSeconds(6));
    progress.at("targets", 7, 20);

    assertThat(text.toString()).isEqualTo("targets 0/20\ntargets 7/20\n");
  }

  @Test
  void shouldRedrawBarAndEndItsLineWithThePhase() {
    Progress progress = new BarProgress(new PrintWriter(text), () -> now);

    progress.at("keys", 1, 2);
    progress.at("solve", 0, 1);
    progress.at("solve", 1, 1);

    String half = "#".repeat(15) + ".".repeat(15);
    assertThat(text.toString())
        .isEqualTo(
            "\rkeys         [%s] 1/2\n".formatted(half)
                + "\rsolve        [%s] 0/1".formatted(".".repeat(30))
                + "\rsolve        [%s] 1/1\n".formatted("#".repeat(30)));
  }
}
