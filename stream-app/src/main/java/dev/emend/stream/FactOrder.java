package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.stream.state.Statement;
import java.time.Instant;
import java.util.Comparator;

/**
 * Which of two changes of a fact is the later one: by {@code valid_from}, then {@code recorded_at},
 * then event id. A total order, so that the order of arrival decides nothing.
 *
 * @param validFrom from when the change holds
 * @param recordedAt when its publisher learned it
 * @param eventId the event
 */
record FactOrder(Instant validFrom, Instant recordedAt, String eventId)
    implements Comparable<FactOrder> {
  private static final Comparator<FactOrder> ORDER =
      Comparator.comparing(FactOrder::validFrom)
          .thenComparing(FactOrder::recordedAt)
          .thenComparing(FactOrder::eventId);

  static FactOrder of(FactChange change) {
    return new FactOrder(beginOf(change), change.getRecordedAt(), change.getEventId());
  }

  static FactOrder of(Statement fact) {
    return new FactOrder(fact.getValidFrom(), fact.getRecordedAt(), fact.getEventId());
  }

  /** From when a change holds: since it was recorded, if it does not say. */
  static Instant beginOf(FactChange change) {
    return change.getValidFrom() == null ? change.getRecordedAt() : change.getValidFrom();
  }

  @Override
  public int compareTo(FactOrder other) {
    return ORDER.compare(this, other);
  }
}
