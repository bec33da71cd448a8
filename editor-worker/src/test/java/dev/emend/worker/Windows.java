package dev.emend.worker;

import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOp;
import dev.emend.event.OrderKind;
import dev.emend.event.WorkerOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows for tests. */
final class Windows {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private Windows() {}

  static EditBatch window(long sequence, BatchItem... items) {
    return EditBatch.newBuilder()
        .setBatchId("batch-" + sequence)
        .setModel(TinyModel.NAME)
        .setSequence(sequence)
        .setItems(List.of(items))
        .setReason(CloseReason.WORKER_IDLE)
        .setClosedAt(NOW)
        .build();
  }

  /** The same, asking for a consolidation too. */
  static EditBatch consolidating(EditBatch batch) {
    batch.setConsolidation(ConsolidationCause.WINDOWS);
    return batch;
  }

  /** An order to go back to a version. */
  static EditBatch rollback(String id, @Nullable Long to) {
    return EditBatch.newBuilder()
        .setBatchId(id)
        .setModel(TinyModel.NAME)
        .setSequence(0)
        .setItems(List.of())
        .setReason(CloseReason.ORDER)
        .setClosedAt(Instant.now())
        .setOrder(
            WorkerOrder.newBuilder()
                .setKind(OrderKind.ROLLBACK)
                .setVersion(to)
                .setOrderedBy("test")
                .build())
        .build();
  }

  static BatchItem tell(String subject, String object) {
    return item(subject, FactOp.ASSERT, object);
  }

  static BatchItem retract(String subject) {
    return item(subject, FactOp.RETRACT, null);
  }

  private static BatchItem item(String subject, FactOp op, @Nullable String object) {
    return BatchItem.newBuilder()
        .setFactId(subject + "|language")
        .setOp(op)
        .setSubject(subject)
        .setRelation("language")
        .setPrompt("{} speaks")
        .setObject(object)
        .setParaphrases(List.of())
        .setNeighbours(List.of())
        .setEventId("event-" + subject + "-" + object)
        .setCoalescedEventIds(List.of())
        .setPublishedAt(NOW)
        .setAcceptedAt(NOW)
        .setSource("test")
        .build();
  }
}
