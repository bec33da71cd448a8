package dev.emend.stream;

import dev.emend.event.ChangeSet;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Priority;
import java.time.Duration;
import java.time.Instant;

/** Changes for tests: about the capital of some land, said on a given day of 2020. */
final class Facts {
  static final Instant DAY_0 = Instant.parse("2020-01-01T00:00:00Z");

  private Facts() {}

  static FactChange says(String eventId, String land, String object, int day) {
    return change(eventId, land, day).setObject(object).build();
  }

  static FactChange retracts(String eventId, String land, int day) {
    return change(eventId, land, day).setOp(FactOp.RETRACT).build();
  }

  static FactChange urgent(String eventId, String land, String object, int day) {
    return change(eventId, land, day).setObject(object).setPriority(Priority.URGENT).build();
  }

  static FactChange member(String eventId, String land, String object, String set, int size) {
    return change(eventId, land, 1)
        .setObject(object)
        .setChangeSet(new ChangeSet(set, size))
        .build();
  }

  static FactChange.Builder change(String eventId, String land, int day) {
    Instant time = day(day);
    return FactChange.newBuilder()
        .setEventId(eventId)
        .setModel("m")
        .setSubject(land)
        .setRelation("capital")
        .setPrompt("The capital of {} is")
        .setValidFrom(time)
        .setRecordedAt(time)
        .setSource("test");
  }

  static Instant day(int day) {
    return DAY_0.plus(Duration.ofDays(day));
  }
}
