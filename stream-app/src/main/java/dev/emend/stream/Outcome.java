package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.publish.Rejection;
import dev.emend.topic.FactKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one event, but for the instant of the decision. */
record Outcome(
    String eventId,
    String model,
    String factId,
    OutcomeCode code,
    @Nullable String by,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable Instant publishedAt) {

  /** An event for which nothing is decided yet. */
  record Subject(String eventId, String model, String factId, @Nullable Instant publishedAt) {

    static Subject of(FactChange change, SourceRecord source) {
      return new Subject(
          change.getEventId(),
          change.getModel(),
          FactKey.of(change).factId(),
          source.publishedAt());
    }

    Outcome supersededBy(String newer, String detail) {
      return outcome(OutcomeCode.SUPERSEDED, newer, null, detail);
    }

    Outcome duplicate(String detail) {
      return outcome(OutcomeCode.DUPLICATE, eventId, null, detail);
    }

    Outcome noOp(String detail) {
      return outcome(OutcomeCode.NO_OP, null, null, detail);
    }

    Outcome scheduled(Instant due) {
      return outcome(OutcomeCode.SCHEDULED, null, null, "held until " + due);
    }

    Outcome rejected(Rejection why) {
      return outcome(OutcomeCode.REJECTED, null, why.reason().name(), why.detail());
    }

    private Outcome outcome(
        OutcomeCode code, @Nullable String by, @Nullable String reason, String detail) {
      return new Outcome(eventId, model, factId, code, by, reason, detail, publishedAt);
    }
  }

  /** The record for the topic. */
  FactOutcome at(Instant decided) {
    return new FactOutcome(
        eventId, model, factId, code, null, by, reason, detail, publishedAt, decided, null, null);
  }
}
