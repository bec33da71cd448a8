package dev.emend.publish;

import dev.emend.event.FactChange;
import java.time.Instant;

/** A change that breaks no rule, to be varied. */
final class Facts {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private Facts() {}

  static FactChange.Builder change(String eventId) {
    return FactChange.newBuilder()
        .setEventId(eventId)
        .setModel("m")
        .setSubject("Danielle Darrieux")
        .setRelation("mother tongue")
        .setPrompt("The mother tongue of {} is")
        .setObject("English")
        .setRecordedAt(NOW);
  }
}
