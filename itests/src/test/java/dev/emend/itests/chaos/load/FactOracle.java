package dev.emend.itests.chaos.load;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.OutcomeCode;
import dev.emend.topic.FactKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The semantics of the stream once more, as plainly as can be, for sound changes that all begin in
 * the past: the latest by begin, recording and event id stands, whatever the order of arrival.
 */
public final class FactOracle {
  private static final Comparator<FactChange> LATER =
      Comparator.comparing(FactChange::getValidFrom)
          .thenComparing(FactChange::getRecordedAt)
          .thenComparing(FactChange::getEventId);

  private final Map<String, FactChange> last = new HashMap<>();

  /** Reads all sound changes, in any order and however often each. */
  public FactOracle(Collection<FactChange> sound, Instant now) {
    for (FactChange change : sound) {
      if (!isOver(change, now)) {
        last.merge(FactKey.of(change).text(), change, FactOracle::later);
      }
    }
  }

  private static FactChange later(FactChange a, FactChange b) {
    return LATER.compare(a, b) >= 0 ? a : b;
  }

  private static boolean isOver(FactChange change, Instant now) {
    return change.getValidTo() != null && !change.getValidTo().isAfter(now);
  }

  /** What stands in the end: object by {@code model|subject|relation}. */
  public Map<String, String> standing() {
    Map<String, String> standing = new TreeMap<>();
    last.forEach(
        (key, change) -> {
          if (change.getOp() == FactOp.ASSERT) {
            standing.put(key, Objects.requireNonNull(change.getObject()));
          }
        });
    return standing;
  }

  /** The ends that a sound change may come to; which of them depends on when others arrived. */
  public Set<OutcomeCode> ends(FactChange change, Instant now) {
    if (isOver(change, now)) {
      return EnumSet.of(OutcomeCode.NO_OP);
    }
    FactChange winner = last.get(FactKey.of(change).text());
    boolean wins = winner != null && winner.getEventId().equals(change.getEventId());
    Set<OutcomeCode> ends =
        change.getOp() == FactOp.ASSERT
            ? EnumSet.of(OutcomeCode.APPLIED, OutcomeCode.NO_OP)
            : EnumSet.of(OutcomeCode.RETRACTED, OutcomeCode.NO_OP, OutcomeCode.REJECTED);
    if (!wins) {
      ends.add(OutcomeCode.SUPERSEDED);
    }
    return ends;
  }
}
