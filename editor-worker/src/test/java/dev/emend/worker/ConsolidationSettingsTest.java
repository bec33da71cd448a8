package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.worker.ConsolidationPolicy.Situation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConsolidationSettingsTest {
  private static final ConsolidationSettings SETTINGS =
      new ConsolidationSettings(10, Duration.ofSeconds(30), 0.2, 3, 0.1);

  @Test
  void shouldBeDueAfterSoManyWindows() {
    assertThat(SETTINGS.due(situation(9, 0, 0))).isFalse();
    assertThat(SETTINGS.due(situation(10, 0, 0))).isTrue();
  }

  @Test
  void shouldUseAPauseOnceItIsWorthIt() {
    assertThat(SETTINGS.due(situation(2, 31, 0))).isFalse();
    assertThat(SETTINGS.due(situation(3, 29, 0))).isFalse();
    assertThat(SETTINGS.due(situation(3, 30, 0))).isTrue();
  }

  @Test
  void shouldBeDueWhenOlderFactsFade() {
    assertThat(SETTINGS.due(situation(3, 0, 0.19))).isFalse();
    assertThat(SETTINGS.due(situation(3, 0, 0.2))).isTrue();
  }

  @Test
  void shouldNeverBeDueWhenEverythingIsSwitchedOff() {
    assertThat(ConsolidationSettings.NEVER.due(situation(100_000, 100_000, 1))).isFalse();
  }

  @Test
  void shouldRefuseWhatIsNoShare() {
    assertThatThrownBy(() -> new ConsolidationSettings(1, Duration.ZERO, 2, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fall");
  }

  @Test
  void shouldMeasureAFallAgainstTheBestMeanOfSeveralWindows() {
    RetestTrend trend = new RetestTrend();
    for (int i = 0; i < 8; i++) {
      trend.add(1);
    }
    assertThat(trend.fall()).isZero();
    for (int i = 0; i < 8; i++) {
      trend.add(0.5);
    }
    assertThat(trend.fall()).isEqualTo(0.5);
    trend.reset();
    assertThat(trend.fall()).isZero();
  }

  private static Situation situation(long windows, long idleSeconds, double fall) {
    return new Situation(windows, 50, Duration.ofSeconds(idleSeconds), fall);
  }
}
