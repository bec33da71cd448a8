package dev.emend.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTallyTest {

  @Test
  void shouldWaitForAsManyOutcomesAsTheEventWasPublished() {
    OutcomeTally tally = new OutcomeTally(List.of("a", "b", "a"));

    tally.add(outcome("a", OutcomeCode.DUPLICATE, null));
    tally.add(outcome("b", OutcomeCode.APPLIED, 4L));
    assertThat(tally.complete()).isFalse();
    tally.add(outcome("a", OutcomeCode.APPLIED, 3L));

    assertThat(tally.complete()).isTrue();
    assertThat(tally.outcomes().counts())
        .isEqualTo(Map.of(OutcomeCode.APPLIED, 2L, OutcomeCode.DUPLICATE, 1L));
    assertThat(tally.outcomes().lastVersion()).isEqualTo(4);
  }

  @Test
  void shouldIgnoreEventsOfOthers() {
    OutcomeTally tally = new OutcomeTally(List.of("a"));

    tally.add(outcome("b", OutcomeCode.APPLIED, 1L));

    assertThat(tally.settled()).isZero();
    assertThat(tally.outcomes().all()).isEmpty();
    assertThat(tally.missing(Duration.ofSeconds(9)))
        .isEqualTo("1 of 1 outcomes are missing after 9 s: a; is the worker running?");
  }

  @Test
  void shouldKeepOutcomeThatFollowsScheduled() {
    OutcomeTally tally = new OutcomeTally(List.of("a"));

    tally.add(outcome("a", OutcomeCode.SCHEDULED, null));
    assertThat(tally.complete()).isTrue();
    tally.add(outcome("a", OutcomeCode.APPLIED, 1L));

    assertThat(tally.settled()).isOne();
    assertThat(tally.outcomes().all()).hasSize(2);
  }

  private static FactOutcome outcome(String id, OutcomeCode code, @Nullable Long version) {
    return FactOutcome.newBuilder()
        .setEventId(id)
        .setModel("m")
        .setCode(code)
        .setVersion(version)
        .setDecidedAt(Instant.EPOCH)
        .build();
  }
}
