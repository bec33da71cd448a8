package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ScoresTest {
  @Test
  void shouldTakeTheHarmonicMean() {
    assertThat(Scores.harmonicMean(100.0, 50.0, 25.0)).isCloseTo(42.857, Offset.offset(1e-3));
    assertThat(Scores.harmonicMean(100.0, 0.0)).isZero();
    assertThat(Scores.harmonicMean(100.0, null)).isNull();
  }

  @Test
  void shouldCountACaseByTheMeanOverItsPrompts() {
    Tally tally = new Tally();
    tally.ask(true);
    tally.ask(true);
    tally.endCase();
    tally.ask(false);
    tally.endCase();
    tally.endCase();
    assertThat(tally.percent()).isEqualTo(50.0);
    assertThat(new Tally().percent()).isNull();
  }
}
