package dev.emend.redrive;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters to send back.
 *
 * @param reasons reason codes; empty for any
 * @param eventIds events; empty for any
 * @param since buried then or later; empty for any
 * @param mostRedrives letters that were sent back so often stay where they are, at least 1
 */
public record LetterFilter(
    Set<String> reasons, Set<String> eventIds, Optional<Instant> since, int mostRedrives) {
  /** Copies the sets. */
  public LetterFilter {
    reasons = Set.copyOf(reasons);
    eventIds = Set.copyOf(eventIds);
    if (mostRedrives < 1) {
      throw new IllegalArgumentException("redrives of a letter: " + mostRedrives);
    }
  }

  boolean wants(DeadLetter letter) {
    return (reasons.isEmpty() || reasons.contains(letter.reason()))
        && (eventIds.isEmpty() || letter.eventId().filter(eventIds::contains).isPresent())
        && since.filter(letter.buriedAt()::isBefore).isEmpty();
  }

  /** Whether it has come back too often: whatever was fixed, it is not what ails this letter. */
  boolean isHopeless(DeadLetter letter) {
    return letter.redrives() >= mostRedrives;
  }
}
