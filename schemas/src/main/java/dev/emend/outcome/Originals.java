package dev.emend.outcome;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A duplicate has the outcome of its original: the one that stands under the same event id, decided
 * before the duplicate came or after.
 */
public final class Originals {
  private Originals() {}

  /**
   * The outcomes of the originals of all duplicates among these outcomes, but for those that are
   * among them already. One that is held for its day is SCHEDULED; for others this waits.
   *
   * @param patience how long to wait at most; what is not decided then is missing
   */
  public static Outcomes of(
      Outcomes outcomes, Connection connection, Topics topics, Duration patience) {
    Set<String> ids = new LinkedHashSet<>();
    outcomes.with(OutcomeCode.DUPLICATE).forEach(outcome -> ids.add(outcome.getEventId()));
    for (FactOutcome outcome : outcomes.all()) {
      if (outcome.getCode() != OutcomeCode.DUPLICATE) {
        ids.remove(outcome.getEventId());
      }
    }
    if (ids.isEmpty()) {
      return new Outcomes(List.of());
    }
    try (OutcomeFeed feed = OutcomeFeed.fromBeginning(connection, topics)) {
      return feed.lastWords(ids, patience);
    }
  }
}
