package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.ChangeSet;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Priority;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.Statement;
import dev.emend.stream.state.Telling;
import dev.emend.topic.FactKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills in what the half that is keyed by fact hands to the half that is keyed by model. */
final class HandoverForm {
  private final StreamSerdes serdes;

  HandoverForm(StreamSerdes serdes) {
    this.serdes = serdes;
  }

  /**
   * A change that is the answer of its fact from now on.
   *
   * @param since when it began to wait; the deadline of its window counts from there
   */
  Handover accepted(
      String factKey, Step.Stated stated, @Nullable String replaced, Instant since, Instant now) {
    FactChange change = stated.change();
    BatchItem.Builder item =
        item(change, stated.source(), replaced, now)
            .setChangeSetId(change.getChangeSet() == null ? null : change.getChangeSet().getId())
            .setOp(change.getOp())
            .setObject(change.getOp() == FactOp.RETRACT ? null : change.getObject())
            .setEventId(change.getEventId());
    return of(factKey, change, since)
        .setEventId(change.getEventId())
        .setItem(serdes.writeItem(item.build()))
        .setLetters(letters(change))
        .setUrgent(change.getPriority() == Priority.URGENT)
        .build();
  }

  /**
   * An older word that is the answer again, or the retraction if there is none: an event of ours.
   *
   * @param newest the newest change of the fact, for the prompts
   * @param statement the older word
   */
  Handover again(
      String factKey,
      FactChange newest,
      Telling telling,
      Optional<Statement> statement,
      @Nullable String replaced,
      Instant now) {
    SourceRecord source = SourceRecord.ownEvent(now);
    BatchItem.Builder item =
        item(newest, source, replaced, now)
            .setOp(telling.getObject() == null ? FactOp.RETRACT : FactOp.ASSERT)
            .setObject(telling.getObject())
            .setEventId(telling.getEventId());
    statement.ifPresent(
        said -> item.setValidFrom(said.getValidFrom()).setValidTo(said.getValidTo()));
    return of(factKey, newest, now)
        .setEventId(telling.getEventId())
        .setItem(serdes.writeItem(item.build()))
        .setChangeSetId(null)
        .setChangeSetSize(0)
        .build();
  }

  private static int letters(FactChange change) {
    int object = change.getObject() == null ? 0 : change.getObject().length();
    return change.getPrompt().length() + change.getSubject().length() + object;
  }

  /** Word to a change set that it need not wait for this member; empty if there is no set. */
  Optional<Handover> absent(String factKey, FactChange change, Instant now) {
    return change.getChangeSet() == null
        ? Optional.empty()
        : Optional.of(of(factKey, change, now).setEventId(change.getEventId()).build());
  }

  private static Handover.Builder of(String factKey, FactChange change, Instant since) {
    ChangeSet set = change.getChangeSet();
    return Handover.newBuilder()
        .setModel(change.getModel())
        .setFactKey(factKey)
        .setChangeSetId(set == null ? null : set.getId())
        .setChangeSetSize(set == null ? 0 : set.getSize())
        .setSince(since);
  }

  private static BatchItem.Builder item(
      FactChange change, SourceRecord source, @Nullable String replaced, Instant now) {
    return BatchItem.newBuilder()
        .setFactId(FactKey.of(change).factId())
        .setSubject(change.getSubject())
        .setRelation(change.getRelation())
        .setPrompt(change.getPrompt())
        .setReplacedObject(replaced)
        .setParaphrases(change.getParaphrases())
        .setNeighbours(change.getNeighbours())
        .setCoalescedEventIds(List.of())
        .setValidFrom(change.getValidFrom())
        .setValidTo(change.getValidTo())
        .setPublishedAt(source.publishedAt())
        .setAcceptedAt(now)
        .setSource(change.getSource())
        .setTraceparent(source.traceparent());
  }
}
