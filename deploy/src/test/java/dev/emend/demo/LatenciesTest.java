package dev.emend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void shouldGiveLeastTimeThatCoversTheShare() {
    Latencies latencies =
        Latencies.of(IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList());

    assertThat(latencies.seconds(0.5)).isEqualTo(50);
    assertThat(latencies.seconds(0.99)).isEqualTo(99);
    assertThat(latencies.seconds(1)).isEqualTo(100);
  }

  @Test
  void shouldHaveNoTimeWithoutEvents() {
    assertThat(Latencies.of(List.of()).seconds(0.5)).isNaN();
  }
}
