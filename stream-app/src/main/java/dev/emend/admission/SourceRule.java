package dev.emend.admission;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one source may say. Immutable.
 *
 * @param relations the only relations that it may speak of; empty for all that anybody may
 * @param factsPerMinute the most facts that it may say, at least 1; empty for any number
 */
public record SourceRule(Optional<Set<String>> relations, OptionalInt factsPerMinute) {
  /** Anything, in any number. */
  public static final SourceRule ANYTHING = new SourceRule(Optional.empty(), OptionalInt.empty());

  /** Refuses a number below one; copies. */
  public SourceRule {
    relations = relations.map(Set::copyOf);
    if (factsPerMinute.isPresent() && factsPerMinute.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "facts_per_minute must be at least 1; leave a source out that may say nothing");
    }
  }
}
