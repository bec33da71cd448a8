package dev.emend.history;

import dev.emend.subscribe.ToldFact;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of versions through which a fact stood as one event states it.
 *
 * @param fact what stood; it has an object and an event
 * @param since first version with it
 * @param end how it ended; empty if it stands
 */
public record Spell(ToldFact fact, long since, Optional<End> end) {
  /** Refuses null and versions below 1. */
  public Spell {
    Objects.requireNonNull(fact, "fact");
    Objects.requireNonNull(end, "end");
    if (since < 1 || end.filter(e -> e.version() <= since).isPresent()) {
      throw new IllegalArgumentException("a spell from " + since + " that ends with " + end);
    }
  }

  /**
   * How a spell ended.
   *
   * @param version first version without it
   * @param rollback whether that is a rollback
   * @param event event that replaced or retracted it; empty if a rollback left nothing
   */
  public record End(long version, boolean rollback, Optional<String> event) {}

  /** The event that said so. */
  public String eventId() {
    return fact.eventId().orElseThrow();
  }

  /** What was said. */
  public String object() {
    return fact.object().orElseThrow();
  }

  /** Whether it stood in a version. */
  public boolean holdsAt(long version) {
    return since <= version && end.map(e -> e.version() > version).orElse(true);
  }

  Spell endedBy(End how) {
    return new Spell(fact, since, Optional.of(how));
  }
}
