package dev.emend.demo;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.outcome.Outcomes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which of the published facts hold in the end. */
final class Standing {
  private Standing() {}

  /** Of each fact the object that took effect last, unless it was taken back. */
  static List<Question> of(Collection<FactChange> events, Outcomes outcomes) {
    Map<String, FactChange> byId = new HashMap<>();
    events.forEach(event -> byId.putIfAbsent(event.getEventId(), event));
    Map<String, FactOutcome> last = new LinkedHashMap<>();
    outcomes.all().stream()
        .filter(outcome -> outcome.getVersion() != null)
        .sorted(Comparator.comparing(FactOutcome::getVersion))
        .forEach(outcome -> last.put(outcome.getFactId(), outcome));
    List<Question> questions = new ArrayList<>();
    for (FactOutcome outcome : last.values()) {
      FactChange event = byId.get(outcome.getEventId());
      if (outcome.getCode() == OutcomeCode.APPLIED && event != null) {
        questions.add(question(event));
      }
    }
    return questions;
  }

  /** What to ask about a change, and what it wants to hear. */
  static Question question(FactChange event) {
    String prompt = event.getPrompt().replace("{}", event.getSubject());
    return new Question(prompt, Objects.requireNonNull(event.getObject(), "an ASSERT's object"));
  }
}
