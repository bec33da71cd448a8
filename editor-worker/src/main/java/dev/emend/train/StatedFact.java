package dev.emend.train;

import java.util.Objects;

/**
 * One row of the fact table: the subject stands in the relation to the object.
 *
 * @param relation name of the relation, for example {@code birthplace}
 * @param subject what the fact is about
 * @param object what the relation leads to, without a leading space
 */
public record StatedFact(String relation, String subject, String object) {
  /** Rejects blank parts. */
  public StatedFact {
    requireText(relation, "relation");
    requireText(subject, "subject");
    requireText(object, "object");
  }

  private static void requireText(String text, String name) {
    if (Objects.requireNonNull(text, name).isBlank()) {
      throw new IllegalArgumentException(name + " is blank");
    }
  }
}
