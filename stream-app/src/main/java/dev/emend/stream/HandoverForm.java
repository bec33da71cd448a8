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
    BatchItem item = item(change, stated.source(), replaced, now);
    item.setChangeSetId(change.getChangeSet() == null ? null : change.getChangeSet().getId());
    item.setOp(change.getOp());
    item.setObject(change.getOp() == FactOp.RETRACT ? null : change.getObject());
    item.setEventId(change.getEventId());
    Handover handover = of(factKey, change, since, now);
    handover.setItem(serdes.writeItem(item));
    handover.setLetters(letters(change));
    handover.setUrgent(change.getPriority() == Priority.URGENT);
    return handover;
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
    BatchItem item = item(newest, source, replaced, now);
    item.setOp(telling.getObject() == null ? FactOp.RETRACT : FactOp.ASSERT);
    item.setObject(telling.getObject());
    item.setEventId(telling.getEventId());
    statement.ifPresent(
        said -> {
          item.setValidFrom(said.getValidFrom());
          item.setValidTo(said.getValidTo());
        });
    Handover handover = of(factKey, newest, now, now);
    handover.setEventId(telling.getEventId());
    handover.setItem(serdes.writeItem(item));
    handover.setChangeSetId(null);
    handover.setChangeSetSize(0);
    return handover;
  }

  private static int letters(FactChange change) {
    int object = change.getObject() == null ? 0 : change.getObject().length();
    return change.getPrompt().length() + change.getSubject().length() + object;
  }

  /** Word to a change set that it need not wait for this member; empty if there is no set. */
  Optional<Handover> absent(String factKey, FactChange change, Instant now) {
    return change.getChangeSet() == null
        ? Optional.empty()
        : Optional.of(of(factKey, change, now, now));
  }

  /** No builder here and below: one that looks up each default costs more than the record. */
  private static Handover of(String factKey, FactChange change, Instant since, Instant now) {
    ChangeSet set = change.getChangeSet();
    return new Handover(
        change.getModel(),
        factKey,
        change.getEventId(),
        null,
        false,
        set == null ? null : set.getId(),
        set == null ? 0 : set.getSize(),
        0,
        0L,
        since,
        now);
  }

  private static BatchItem item(
      FactChange change, SourceRecord source, @Nullable String replaced, Instant now) {
    return new BatchItem(
        FactKey.of(change).factId(),
        FactOp.ASSERT,
        change.getSubject(),
        change.getRelation(),
        change.getPrompt(),
        null,
        replaced,
        change.getParaphrases(),
        change.getNeighbours(),
        change.getEventId(),
        List.of(),
        change.getValidFrom(),
        change.getValidTo(),
        source.publishedAt(),
        now,
        change.getSource(),
        source.traceparent(),
        null);
  }
}
