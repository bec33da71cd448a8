package dev.emend.itests.chaos.check;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.chaos.check.Finding.Kind;
import dev.emend.itests.chaos.load.FactOracle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every event has one outcome, the right one, and the versions agree with it. */
final class OutcomeCheck {
  /** Ids with it are the stream's own: they ask for something on behalf of an event. */
  private static final String OWN = "#";

  /** Version and event, and the version that the event's outcome names. */
  static final String UNTOLD = "version %d holds event %s, whose outcome names version %s";

  private final RunLog log;
  private final FactOracle oracle;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, List<FactOutcome>> outcomes = new HashMap<>();
  private final Map<String, Integer> records = new HashMap<>();
  private final Map<String, RunLog.Published> first = new LinkedHashMap<>();

  private OutcomeCheck(RunLog log, FactOracle oracle) {
    this.log = log;
    this.oracle = oracle;
    for (RunLog.Published fact : log.facts()) {
      records.merge(fact.eventId(), 1, Integer::sum);
      first.putIfAbsent(fact.eventId(), fact);
    }
    for (FactOutcome outcome : log.outcomes()) {
      if (outcome.getCode() != OutcomeCode.SCHEDULED && !outcome.getEventId().contains(OWN)) {
        outcomes.computeIfAbsent(outcome.getEventId(), id -> new ArrayList<>()).add(outcome);
      }
    }
  }

  static List<Finding> of(RunLog log, FactOracle oracle) {
    OutcomeCheck check = new OutcomeCheck(log, oracle);
    check.published();
    check.first.values().forEach(check::event);
    check.strangers();
    check.versions();
    check.letters();
    return check.findings;
  }

  private void published() {
    new HashSet<>(log.said())
        .stream()
            .filter(id -> !first.containsKey(id))
            .forEach(id -> add(Kind.LOST, "event " + id + " is not in the facts topic"));
  }

  private void event(RunLog.Published event) {
    String id = event.eventId();
    List<FactOutcome> all = outcomes.getOrDefault(id, List.of());
    List<FactOutcome> ends = all.stream().filter(o -> !isRepeat(o)).toList();
    int wanted = records.getOrDefault(id, 0);
    if (event.change().isEmpty()) {
      count(id, all.size(), wanted, "outcomes of its unreadable records");
      return;
    }
    count(id, ends.size(), 1, "final outcomes " + ends.stream().map(FactOutcome::getCode).toList());
    count(id, all.size() - ends.size(), wanted - 1, "DUPLICATE outcomes");
    ends.forEach(end -> judge(event, event.change().orElseThrow(), end));
  }

  private static boolean isRepeat(FactOutcome outcome) {
    return outcome.getCode() == OutcomeCode.DUPLICATE;
  }

  private void count(String id, int found, int wanted, String what) {
    if (found != wanted) {
      add(
          found < wanted ? Kind.LOST : Kind.DOUBLED,
          "event %s has %d instead of %d %s".formatted(id, found, wanted, what));
    }
  }

  private void judge(RunLog.Published event, FactChange change, FactOutcome end) {
    Set<OutcomeCode> allowed =
        event.sound() ? oracle.ends(change, log.readAt()) : Set.of(OutcomeCode.REJECTED);
    if (!allowed.contains(end.getCode())) {
      add(
          Kind.WRONG_OUTCOME,
          "event %s ended as %s (%s), not as one of %s"
              .formatted(
                  event.eventId(),
                  end.getCode(),
                  Optional.ofNullable(end.getDetail()).orElse(""),
                  allowed));
    }
  }

  private void strangers() {
    outcomes.keySet().stream()
        .filter(id -> !first.containsKey(id))
        .forEach(id -> add(Kind.WRONG_OUTCOME, "nobody published event " + id));
  }

  /** An event that is in a version has the outcome that says so, and the other way round. */
  private void versions() {
    Map<String, Long> inVersion = new HashMap<>();
    for (List<ModelDelta> chain : log.deltas().values()) {
      for (ModelDelta delta : chain) {
        for (String id : delta.getEventIds()) {
          Long before = inVersion.put(id, delta.getVersion());
          if (before != null) {
            add(
                Kind.DOUBLED,
                "event %s took effect in versions %d and %d"
                    .formatted(id, before, delta.getVersion()));
          }
        }
      }
    }
    Map<String, Long> stated = new HashMap<>();
    for (FactOutcome outcome : log.outcomes()) {
      if (outcome.getVersion() != null
          && (outcome.getCode() == OutcomeCode.APPLIED
              || outcome.getCode() == OutcomeCode.RETRACTED)) {
        stated.put(outcome.getEventId(), outcome.getVersion());
      }
    }
    inVersion.forEach(
        (id, version) -> {
          if (!version.equals(stated.get(id))) {
            add(Kind.LOST, UNTOLD.formatted(version, id, stated.get(id)));
          }
        });
    stated.forEach(
        (id, version) -> {
          if (!inVersion.containsKey(id)) {
            add(
                Kind.LOST,
                "event %s is in no version, but its outcome says %d".formatted(id, version));
          }
        });
  }

  private void letters() {
    long broken = first.values().stream().filter(f -> f.change().isPresent() && !f.sound()).count();
    long unreadable = log.facts().stream().filter(f -> f.change().isEmpty()).count();
    long retracted =
        outcomes.values().stream()
            .flatMap(List::stream)
            .filter(o -> o.getCode() == OutcomeCode.REJECTED)
            .count();
    if (log.deadLetters() < broken + unreadable || log.deadLetters() > retracted) {
      add(
          log.deadLetters() < broken + unreadable ? Kind.LOST : Kind.DOUBLED,
          "%d dead letters for %d broken and %d unreadable records"
              .formatted(log.deadLetters(), broken, unreadable));
    }
  }

  private void add(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }
}
