package dev.emend.outcome;

import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A duplicate has the outcome of its original. Nearly every DUPLICATE brings it along; for one that
 * does not, it is the one that stands under the same event id, decided before the duplicate came or
 * after.
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
    Map<String, FactOutcome> duplicates = new LinkedHashMap<>();
    outcomes.with(OutcomeCode.DUPLICATE).forEach(said -> duplicates.put(said.getEventId(), said));
    for (FactOutcome outcome : outcomes.all()) {
      if (outcome.getCode() != OutcomeCode.DUPLICATE) {
        duplicates.remove(outcome.getEventId());
      }
    }
    List<FactOutcome> found = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    duplicates.forEach(
        (id, duplicate) -> {
          if (duplicate.getOriginal() == null) {
            missing.add(id);
          } else {
            found.add(original(duplicate, duplicate.getOriginal()));
          }
        });
    if (!missing.isEmpty()) {
      try (OutcomeFeed feed = OutcomeFeed.fromBeginning(connection, topics)) {
        found.addAll(feed.lastWords(missing, patience).all());
      }
    }
    return new Outcomes(found);
  }

  private static FactOutcome original(FactOutcome duplicate, OriginalOutcome original) {
    return FactOutcome.newBuilder()
        .setEventId(duplicate.getEventId())
        .setModel(duplicate.getModel())
        .setFactId(duplicate.getFactId())
        .setCode(original.getCode())
        .setVersion(original.getVersion())
        .setBy(original.getBy())
        .setReason(original.getReason())
        .setDecidedAt(duplicate.getDecidedAt())
        .build();
  }
}
