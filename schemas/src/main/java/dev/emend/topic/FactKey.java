package dev.emend.topic;

import dev.emend.event.FactChange;
import java.util.List;
import java.util.Objects;

/**
 * What identifies a fact: key of {@code emend.facts} and {@code emend.ledger}. Text form {@code
 * model|subject|relation}, with {@code \|} and {@code \\} for these characters within a part.
 */
public record FactKey(String model, String subject, String relation) {
  /** Refuses null parts. */
  public FactKey {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(relation, "relation");
  }

  /** The key of the fact that the change is about. */
  public static FactKey of(FactChange change) {
    return new FactKey(change.getModel(), change.getSubject(), change.getRelation());
  }

  /** Reads the text form; {@link IllegalArgumentException} if it is none. */
  public static FactKey parse(String text) {
    List<String> parts = KeyText.split(text, 3);
    return new FactKey(parts.get(0), parts.get(1), parts.get(2));
  }

  /** The fact within its model, {@code subject|relation} with the same escapes. */
  public String factId() {
    return KeyText.join(subject, relation);
  }

  /** The text form. */
  public String text() {
    return KeyText.join(model, subject, relation);
  }
}
