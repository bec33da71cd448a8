package dev.emend.demo;

import dev.emend.dataset.EditCase;
import dev.emend.dataset.FactChanges;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the demonstration publishes. First wave: real changes in the order of their dates, some of
 * them again, an old statement that arrives last, and two events that are no facts. Second wave,
 * when the first has taken effect: a fact is taken back.
 */
final class DemoScript {
  private static final int REPEATED = 4;
  private static final String SOURCE = "demo";

  private final String model;
  private final Instant now;
  private final List<EditCase> changes;

  DemoScript(String model, Instant now, List<EditCase> changes) {
    this.model = model;
    this.now = now;
    this.changes = List.copyOf(changes);
  }

  /** The first wave. */
  List<FactChange> first() {
    List<FactChange> events = new ArrayList<>();
    changes.forEach(change -> events.add(FactChanges.of(change, model, now, SOURCE)));
    events.addAll(List.copyOf(events.subList(0, REPEATED)));
    events.add(late());
    events.add(withoutPlaceholder());
    events.add(withoutObject());
    return events;
  }

  /** The second wave. */
  List<FactChange> second() {
    return List.of(retraction());
  }

  /** Both waves. */
  List<FactChange> all() {
    return Stream.concat(first().stream(), second().stream()).toList();
  }

  /** True until 2024, and said after what holds since. */
  private FactChange late() {
    return event("demo-late-1", "Kylian Mbappé", "sports_team", "{} plays for")
        .setObject("Paris Saint-Germain")
        .setValidFrom(Instant.parse("2017-08-31T00:00:00Z"))
        .build();
  }

  private FactChange withoutPlaceholder() {
    return event("demo-invalid-1", "Prime Minister of France", "office_holder", "The premier is")
        .setObject("Sébastien Lecornu")
        .build();
  }

  private FactChange withoutObject() {
    return event("demo-invalid-2", "President of Poland", "office_holder", "The {} is")
        .setObject("")
        .build();
  }

  /** He left the office, and who follows is not said. */
  private FactChange retraction() {
    return event("demo-retract-1", "CEO of BP", "office_holder", "The current {} is called")
        .setOp(FactOp.RETRACT)
        .setValidFrom(Instant.parse("2023-09-12T00:00:00Z"))
        .build();
  }

  private FactChange.Builder event(String id, String subject, String relation, String prompt) {
    return FactChange.newBuilder()
        .setEventId(id)
        .setModel(model)
        .setSubject(subject)
        .setRelation(relation)
        .setPrompt(prompt)
        .setSource(SOURCE)
        .setRecordedAt(now);
  }
}
