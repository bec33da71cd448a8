package dev.emend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.outcome.Outcomes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {

  @Test
  void shouldKeepWhatTookEffectLast() {
    List<FactChange> events = List.of(event("old", "Biden"), event("new", "Trump"));

    assertThat(
            Standing.of(
                events,
                new Outcomes(
                    List.of(
                        outcome("new", OutcomeCode.APPLIED, 2L),
                        outcome("old", OutcomeCode.APPLIED, 1L)))))
        .containsExactly(new Question("The president is", "Trump"));
  }

  @Test
  void shouldDropWhatWasTakenBackOrNeverTookEffect() {
    List<FactChange> events = List.of(event("old", "Biden"), event("late", "Obama"));

    assertThat(
            Standing.of(
                events,
                new Outcomes(
                    List.of(
                        outcome("old", OutcomeCode.APPLIED, 1L),
                        outcome("late", OutcomeCode.SUPERSEDED, null),
                        outcome("back", OutcomeCode.RETRACTED, 2L)))))
        .isEmpty();
  }

  private static FactChange event(String id, String object) {
    return FactChange.newBuilder()
        .setEventId(id)
        .setModel("m")
        .setSubject("president")
        .setRelation("holder")
        .setPrompt("The {} is")
        .setObject(object)
        .setRecordedAt(Instant.EPOCH)
        .build();
  }

  private static FactOutcome outcome(String id, OutcomeCode code, @Nullable Long version) {
    return FactOutcome.newBuilder()
        .setEventId(id)
        .setModel("m")
        .setFactId("president|holder")
        .setCode(code)
        .setVersion(version)
        .setDecidedAt(Instant.EPOCH)
        .build();
  }
}
