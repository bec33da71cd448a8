package dev.emend.worker;

import dev.emend.event.BatchItem;
import dev.emend.event.FactChange;
import dev.emend.event.Priority;
import dev.emend.fault.RejectReason;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import java.util.Map;

/**
 * Facts that were edited and did harm go to the dead letters, with what was measured. The change is
 * put together again from the window's item, which does not keep when it was recorded: that is the
 * time of publishing here.
 */
final class DeadFacts {
  private final Topics topics;

  DeadFacts(Topics topics) {
    this.topics = topics;
  }

  /** The dead letter of an item. */
  Outgoing letter(String model, BatchItem item, RejectReason reason, String detail) {
    FactChange change =
        FactChange.newBuilder()
            .setEventId(item.getEventId())
            .setModel(model)
            .setOp(item.getOp())
            .setSubject(item.getSubject())
            .setRelation(item.getRelation())
            .setPrompt(item.getPrompt())
            .setObject(item.getObject())
            .setParaphrases(item.getParaphrases())
            .setNeighbours(item.getNeighbours())
            .setValidFrom(item.getValidFrom())
            .setValidTo(item.getValidTo())
            .setRecordedAt(item.getPublishedAt())
            .setPriority(Priority.NORMAL)
            .setSource(item.getSource())
            .build();
    return Outgoing.withHeaders(
        topics.deadLetters(),
        FactKey.of(change).text(),
        change,
        Map.of(
            "emend-reason", reason.name(),
            "emend-detail", detail,
            "emend-topic", topics.batches(),
            // One letter an event: the stream's letters are told apart by their place.
            "emend-origin", "event " + item.getEventId(),
            "ce_id", item.getEventId()));
  }
}
