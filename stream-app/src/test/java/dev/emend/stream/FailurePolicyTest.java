package dev.emend.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
  private Instant now = TestStream.START;
  private final FailurePolicy policy =
      new FailurePolicy(() -> now, new StreamMeters(new SimpleMeterRegistry()));

  @Test
  void shouldWaitForARegistryAsLongAsItTakes() {
    Fault away = new Fault(FaultCode.REGISTRY_UNAVAILABLE, "away");
    for (int i = 0; i < 100; i++) {
      assertThat(policy.handle(new StreamsException("failed", away))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(policy.last()).hasValueSatisfying(last -> assertThat(last).endsWith("away"));
  }

  @Test
  void shouldStopWhenTheSameFailureComesAgainAndAgain() {
    for (int i = 0; i < 5; i++) {
      assertThat(policy.handle(new IllegalStateException("x"))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(policy.handle(new IllegalStateException("x"))).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldForgiveFailuresOfLongAgo() {
    for (int i = 0; i < 20; i++) {
      assertThat(policy.handle(new IllegalStateException("x"))).isEqualTo(REPLACE_THREAD);
      now = now.plus(Duration.ofMinutes(2));
    }
  }
}
