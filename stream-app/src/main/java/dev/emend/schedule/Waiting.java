package dev.emend.schedule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler knows of one fact that waits for a window: not its content, only what decides
 * when it goes.
 *
 * @param fact identifies the fact within the model; at most one change of it waits
 * @param arrival position in the queue of the model; smaller goes first
 * @param since instant from which its staleness counts
 * @param bytes size of its record on the wire, bytes
 * @param letters characters of its prompt with subject and object
 * @param urgent whether it wants to go at once
 * @param set the change set it must go with; null for none
 */
public record Waiting(
    String fact,
    long arrival,
    Instant since,
    int bytes,
    int letters,
    boolean urgent,
    @Nullable SetRef set) {

  /** The change set, if any. */
  public Optional<SetRef> changeSet() {
    return Optional.ofNullable(set);
  }

  /**
   * This change in the place of an older one of the same fact. It inherits the older one's turn and
   * age: a fact that changes all the time must not be put off for ever.
   */
  public Waiting inPlaceOf(Waiting older) {
    return new Waiting(
        fact, older.arrival, older.since, bytes, letters, urgent || older.urgent, set);
  }
}
