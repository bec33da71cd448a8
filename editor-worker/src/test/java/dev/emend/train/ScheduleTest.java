package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.fault.Fault;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private final Schedule schedule = new Schedule(100, 10, 20, 1);

  @Test
  void shouldRiseStayAndFall() {
    assertThat(schedule.rate(0)).isBetween(0.05, 0.15);
    assertThat(schedule.rate(9)).isLessThan(1);
    assertThat(schedule.rate(10)).isEqualTo(1);
    assertThat(schedule.rate(79)).isEqualTo(1);
    assertThat(schedule.rate(80)).isLessThan(1);
    assertThat(schedule.rate(99)).isCloseTo(1 / 21.0, within(1e-12));
  }

  @Test
  void shouldNotChangeThePlateauWithTheLength() {
    Schedule longer = new Schedule(200, 10, 20, 1);
    for (int step = 0; step < 80; step++) {
      assertThat(longer.rate(step)).isEqualTo(schedule.rate(step));
    }
  }

  @Test
  void shouldRefuseMoreRiseAndFallThanSteps() {
    assertThatThrownBy(() -> new Schedule(10, 6, 5, 1)).isInstanceOf(Fault.class);
  }
}
