package dev.emend.outcome;

import dev.emend.event.FactOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Counts outcomes against the events that were published. Not thread-safe. */
final class OutcomeTally {
  private static final int NAMED = 5;

  private final Map<String, Integer> open = new HashMap<>();
  private final List<FactOutcome> outcomes = new ArrayList<>();
  private final int total;
  private int settled;

  OutcomeTally(Collection<String> eventIds) {
    eventIds.forEach(id -> open.merge(id, 1, Integer::sum));
    total = eventIds.size();
  }

  /** Counts an outcome; those of other events are ignored. */
  void add(FactOutcome outcome) {
    Integer left = open.get(outcome.getEventId());
    if (left == null) {
      return;
    }
    outcomes.add(outcome);
    if (left > 0) {
      open.put(outcome.getEventId(), left - 1);
      settled++;
    }
  }

  boolean complete() {
    return settled == total;
  }

  int settled() {
    return settled;
  }

  String missing(Duration patience) {
    TreeSet<String> ids = new TreeSet<>();
    open.forEach(
        (id, left) -> {
          if (left > 0) {
            ids.add(id);
          }
        });
    String some = String.join(", ", ids.stream().limit(NAMED).toList());
    return "%d of %d outcomes are missing after %d s: %s%s; is the worker running?"
        .formatted(
            total - settled, total, patience.toSeconds(), some, ids.size() > NAMED ? ", ..." : "");
  }

  Outcomes outcomes() {
    return new Outcomes(outcomes);
  }
}
