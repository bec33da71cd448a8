package dev.emend.itests.chaos.load;

import dev.emend.event.FactChange;

/**
 * One record for the facts topic.
 *
 * @param change what it says; of a POISON only the event id counts
 * @param kind how it is sent
 */
public record Message(FactChange change, Kind kind) {
  /** How a record is sent. */
  public enum Kind {
    /** Through the publisher. */
    SOUND,
    /** Past the publisher's rules, which it breaks. */
    BROKEN,
    /** Bytes that are no change. */
    POISON
  }
}
