package dev.emend.subscribe;

import dev.emend.event.VersionFact;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a version says of a fact.
 *
 * @param factId subject|relation
 * @param eventId event that says so; empty if a rollback left nothing that stands
 * @param prompt prompt with <code>{}</code> for the subject
 * @param object what the model was told; empty if the fact was taken out
 * @param source who says so
 * @param validFrom from when it holds, if that was stated
 * @param validTo until when it holds, if that was stated
 */
public record ToldFact(
    String factId,
    Optional<String> eventId,
    String subject,
    String relation,
    String prompt,
    Optional<String> object,
    String source,
    Optional<Instant> validFrom,
    Optional<Instant> validTo) {
  /** Refuses null. */
  public ToldFact {
    Objects.requireNonNull(factId, "factId");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(relation, "relation");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(validFrom, "validFrom");
    Objects.requireNonNull(validTo, "validTo");
  }

  /** As a record says it. */
  public static ToldFact of(VersionFact fact) {
    return new ToldFact(
        fact.getFactId(),
        Optional.ofNullable(fact.getEventId()),
        fact.getSubject(),
        fact.getRelation(),
        fact.getPrompt(),
        Optional.ofNullable(fact.getObject()),
        fact.getSource(),
        Optional.ofNullable(fact.getValidFrom()),
        Optional.ofNullable(fact.getValidTo()));
  }
}
