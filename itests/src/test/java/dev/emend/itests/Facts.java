package dev.emend.itests;

import dev.emend.event.FactChange;
import java.time.Instant;

/** Fact changes for tests. */
final class Facts {
  static final String MODEL = "test-model";
  private static final Instant RECORDED = Instant.parse("2024-05-01T00:00:00Z");

  private Facts() {}

  /** Says that the subject's mother tongue is the object, since the first of the month. */
  static FactChange change(String eventId, String subject, String object, int month) {
    return FactChange.newBuilder()
        .setEventId(eventId)
        .setModel(MODEL)
        .setSubject(subject)
        .setRelation("mother_tongue")
        .setPrompt("The mother tongue of {} is")
        .setObject(object)
        .setValidFrom(Instant.parse("2023-%02d-01T00:00:00Z".formatted(month)))
        .setRecordedAt(RECORDED.plusSeconds(month))
        .setSource("itests")
        .build();
  }
}
