package dev.emend.worker;

import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.memit.Rejection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What became of one item of a window. */
sealed interface ItemOutcome {
  /** The item. */
  BatchItem item();

  /** Its code on the wire. */
  OutcomeCode code();

  /** The part of the record that depends on the outcome. */
  void describe(FactOutcome.Builder record);

  /** The reason, if the item was refused. */
  default Optional<Rejection> rejection() {
    return Optional.empty();
  }

  /** The record for the item's winning event. */
  default FactOutcome toRecord(String model, Instant decidedAt) {
    FactOutcome.Builder record =
        FactOutcome.newBuilder()
            .setEventId(item().getEventId())
            .setModel(model)
            .setFactId(item().getFactId())
            .setCode(code())
            .setPublishedAt(item().getPublishedAt())
            .setDecidedAt(decidedAt);
    describe(record);
    return record.build();
  }

  /** The weights hold it, or hold it no more, from {@code version} on. */
  record Applied(BatchItem item, long version) implements ItemOutcome {
    @Override
    public OutcomeCode code() {
      return item.getOp() == FactOp.RETRACT ? OutcomeCode.RETRACTED : OutcomeCode.APPLIED;
    }

    @Override
    public void describe(FactOutcome.Builder record) {
      record.setVersion(version);
    }
  }

  /** The weights were written with the same before. */
  record Unchanged(BatchItem item) implements ItemOutcome {
    @Override
    public OutcomeCode code() {
      return OutcomeCode.NO_OP;
    }

    @Override
    public void describe(FactOutcome.Builder record) {
      record.setDetail("the model was told the same before");
    }
  }

  /** A later event of the same window says otherwise. */
  record Superseded(BatchItem item, String by) implements ItemOutcome {
    @Override
    public OutcomeCode code() {
      return OutcomeCode.SUPERSEDED;
    }

    @Override
    public void describe(FactOutcome.Builder record) {
      record.setBy(by);
    }
  }

  /** It cannot be edited. */
  record Rejected(BatchItem item, Rejection why) implements ItemOutcome {
    /** Refuses null. */
    public Rejected {
      Objects.requireNonNull(why, "why");
    }

    @Override
    public OutcomeCode code() {
      return OutcomeCode.REJECTED;
    }

    @Override
    public Optional<Rejection> rejection() {
      return Optional.of(why);
    }

    @Override
    public void describe(FactOutcome.Builder record) {
      record.setReason(why.reason().name()).setDetail(why.detail());
    }
  }
}
