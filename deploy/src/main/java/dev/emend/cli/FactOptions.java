package dev.emend.cli;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Priority;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/** One fact change, given by its parts. */
final class FactOptions {
  @Option(names = "--subject", paramLabel = "TEXT", description = "Entity the fact is about.")
  private Optional<String> subject = Optional.empty();

  @Option(names = "--relation", paramLabel = "NAME", description = "Name of the relation.")
  private Optional<String> relation = Optional.empty();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "Prompt with {} where the subject stands; the object continues it.")
  private Optional<String> prompt = Optional.empty();

  @Option(names = "--object", paramLabel = "TEXT", description = "The new object.")
  private Optional<String> object = Optional.empty();

  @Option(names = "--retract", description = "Take the fact out instead of stating an object.")
  private boolean retract;

  @Option(
      names = "--valid-from",
      paramLabel = "INSTANT",
      description = "Since when it holds, for example 2026-01-31T09:00:00Z (default: now).")
  private Optional<Instant> validFrom = Optional.empty();

  @Option(names = "--valid-to", paramLabel = "INSTANT", description = "When it stops to hold.")
  private Optional<Instant> validTo = Optional.empty();

  @Option(names = "--urgent", description = "Do not wait for a fuller window.")
  private boolean urgent;

  @Option(
      names = "--event-id",
      paramLabel = "ID",
      description = "Id of the event; a second one with the same id is a duplicate.")
  private Optional<String> eventId = Optional.empty();

  /** Whether any part of a fact was given. */
  boolean given() {
    return subject.isPresent()
        || relation.isPresent()
        || prompt.isPresent()
        || object.isPresent()
        || retract;
  }

  /** The change; what is missing is empty, and refused by the rules of a fact. */
  FactChange toChange(String model, Instant now) {
    return FactChange.newBuilder()
        .setEventId(eventId.orElseGet(() -> UUID.randomUUID().toString()))
        .setModel(model)
        .setOp(retract ? FactOp.RETRACT : FactOp.ASSERT)
        .setSubject(subject.orElse(""))
        .setRelation(relation.orElse(""))
        .setPrompt(prompt.orElse(""))
        .setObject(retract ? null : object.orElse(""))
        .setValidFrom(validFrom.orElse(null))
        .setValidTo(validTo.orElse(null))
        .setPriority(urgent ? Priority.URGENT : Priority.NORMAL)
        .setRecordedAt(now)
        .build();
  }
}
