package dev.emend.throughput;

import dev.emend.event.FactChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Events to measure with: some are said twice, some overwrite an earlier one, and neighbours in
 * time come in any order.
 *
 * @param events records in all
 * @param duplicates share of them that repeats another, 0..1
 * @param overwrites share of them that states a fact anew, 0..1
 * @param shuffle records within which the order is random
 * @param seed of the random order
 */
public record EventLoad(int events, double duplicates, double overwrites, int shuffle, long seed) {
  private static final int BATCH_OF_NAMES = 1_000;

  /** Refuses shares that leave nothing to repeat or to overwrite. */
  public EventLoad {
    if (events < 10 || shuffle < 1 || duplicates < 0 || overwrites < 0) {
      throw new IllegalArgumentException("no load of %d events".formatted(events));
    }
    if (duplicates + overwrites > 0.9) {
      throw new IllegalArgumentException("more than nine tenths are duplicates or overwrites");
    }
  }

  /** A fifth each, within a thousand records. */
  public static EventLoad of(int events, long seed) {
    return new EventLoad(events, 0.2, 0.2, 1_000, seed);
  }

  /** Event ids that differ. */
  public int distinct() {
    return events - (int) (events * duplicates);
  }

  /** Facts that differ. */
  public int facts() {
    return distinct() - (int) (events * overwrites);
  }

  /**
   * The records in order of arrival.
   *
   * @param now when all of them are recorded
   */
  public List<FactChange> changes(String model, Instant now) {
    Random random = new Random(seed);
    List<FactChange> changes = new ArrayList<>(events);
    double newFact = (double) facts() / events;
    double overwrite = (double) (distinct() - facts()) / events;
    int fact = 0;
    for (int i = 0; i < events; i++) {
      double kind = random.nextDouble();
      boolean canRepeat = !changes.isEmpty();
      if (!canRepeat || kind < newFact) {
        changes.add(change(model, i, fact++, now));
      } else if (kind < newFact + overwrite) {
        changes.add(change(model, i, recent(random, fact), now));
      } else {
        changes.add(changes.get(changes.size() - 1 - random.nextInt(within(changes.size()))));
      }
    }
    for (int from = 0; from < events; from += shuffle) {
      Collections.shuffle(changes.subList(from, Math.min(events, from + shuffle)), random);
    }
    return changes;
  }

  private int recent(Random random, int facts) {
    return facts - 1 - random.nextInt(within(facts));
  }

  private int within(int size) {
    return Math.min(size, shuffle);
  }

  private static FactChange change(String model, int event, int fact, Instant now) {
    Instant from = now.minusSeconds(1_000_000L).plusMillis(event);
    return FactChange.newBuilder()
        .setEventId("event-" + event)
        .setModel(model)
        .setSubject("Subject " + fact % BATCH_OF_NAMES + " of group " + fact / BATCH_OF_NAMES)
        .setRelation("relation " + fact % 7)
        .setPrompt("The mother tongue of {} is")
        .setObject("object " + event)
        .setParaphrases(List.of("{} speaks", "The language of {} is"))
        .setValidFrom(from)
        .setRecordedAt(from)
        .setSource("bench")
        .build();
  }
}
