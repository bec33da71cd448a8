package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.Priority;
import dev.emend.event.RollbackNote;
import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is said of a fact within its grace, judges it by {@link Settlement}, and lets
 * through what changes the answer.
 */
final class SettleStage implements Stage<String, Step> {
  private static final Comparator<Step.Stated> ORDER =
      Comparator.comparing(stated -> FactOrder.of(stated.change()));

  private final Out out;
  private final KeyValueStore<String, FactHistory> histories;
  private final GraceRoom room;
  private final Settling settling;
  private final HandoverForm form;
  private final IntakeGate.Valve intake;
  private final Cancellable clock;

  SettleStage(ProcessorContext<String, Step> context, Settling settling) {
    this.out = new Out(context);
    this.histories = context.getStateStore(StreamNames.FACT_HISTORY);
    this.settling = settling;
    this.room =
        new GraceRoom(
            context.getStateStore(StreamNames.IN_GRACE), settling.serdes(), settling.grace());
    this.form = new HandoverForm(settling.serdes());
    this.intake = settling.intake().of(context.taskId().partition());
    intake.update(room.size());
    this.clock =
        context.schedule(
            settling.tick(), PunctuationType.WALL_CLOCK_TIME, time -> settleDue(out.now()));
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    if (step instanceof Step.Stated stated) {
      stated(record.key(), stated);
    } else if (step instanceof Step.Lapsed lapsed) {
      lapse(record.key(), lapsed);
    } else if (step instanceof Step.Undone undone) {
      undo(record.key(), undone.outcome());
    } else {
      out.send(record.key(), step);
    }
  }

  @Override
  public void close() {
    clock.cancel();
    intake.open();
  }

  private void stated(String key, Step.Stated stated) {
    room.hold(key, stated, out.now());
    if (stated.change().getPriority() == Priority.URGENT || settling.grace().isZero()) {
      settle(key, room.take(key));
    }
    intake.update(room.size());
  }

  private void settleDue(Instant now) {
    Optional<Map.Entry<String, GraceRoom.Group>> due = room.takeDue(now);
    while (due.isPresent()) {
      settle(due.get().getKey(), due.get().getValue());
      due = room.takeDue(now);
    }
    intake.update(room.size());
  }

  private void settle(String key, GraceRoom.Group group) {
    Instant now = out.now();
    Map<String, Step.Stated> changes = new HashMap<>();
    group.changes().forEach(stated -> changes.put(stated.change().getEventId(), stated));
    Step.Stated newest = Collections.max(group.changes(), ORDER);
    Judgement judgement =
        Settlement.settle(
            History.of(histories.get(key)),
            changes.values().stream().map(stated -> Statements.of(stated.change())).toList(),
            settling.serdes().wireForm(newest),
            now,
            settling.historyLimit());
    histories.put(key, judgement.after().stored());
    for (Ending ending : judgement.endings()) {
      end(key, ending, Objects.requireNonNull(changes.get(ending.eventId()), ending.eventId()));
    }
    judgement
        .telling()
        .map(telling -> changes.get(telling.getEventId()))
        .ifPresent(answer -> accept(key, answer, group.since(), judgement.replaced()));
  }

  private void accept(String key, Step.Stated answer, Instant since, @Nullable String replaced) {
    settling.meters().accepted(Duration.between(answer.source().publishedAt(), out.now()));
    handOver(form.accepted(key, answer, replaced, since, out.now()));
  }

  private void end(String key, Ending ending, Step.Stated stated) {
    Outcome.Subject event = Outcome.Subject.of(stated.change(), stated.source());
    if (ending instanceof Ending.NothingToRetract) {
      Rejection why =
          new Rejection(RejectReason.NOTHING_TO_RETRACT, "nobody has asserted this fact");
      out.decide(event.rejected(why));
      return; // a change set waits for this member in vain: all or nothing
    }
    if (ending instanceof Ending.Superseded superseded) {
      out.decide(event.supersededBy(superseded.by(), "a later change was already known"));
    } else if (ending instanceof Ending.NoOp noOp) {
      out.decide(event.noOp(noOp.detail()));
    }
    form.absent(key, stated.change(), out.now()).ifPresent(this::handOver);
  }

  private void lapse(String key, Step.Lapsed lapsed) {
    History before = History.of(histories.get(key));
    again(key, before, Settlement.lapse(before, lapsed.change().getEventId(), out.now()));
  }

  private void undo(String key, FactOutcome outcome) {
    FactHistory known = histories.get(key);
    if (known != null) {
      History before = History.of(known);
      again(key, before, undone(before, outcome));
    }
  }

  private Judgement undone(History before, FactOutcome outcome) {
    RollbackNote rollback = outcome.getRollback();
    return rollback == null
        ? Settlement.undo(before, outcome.getEventId(), out.now())
        : Settlement.rolledBack(
            before, outcome.getEventId(), outcome.getCode() == OutcomeCode.ROLLED_BACK, rollback);
  }

  /** An event of ours, that asks as the newest change of the fact did. */
  private void again(String key, History before, Judgement judgement) {
    if (!judgement.after().equals(before)) {
      histories.put(key, judgement.after().stored());
    }
    judgement
        .telling()
        .ifPresent(
            telling -> {
              FactChange newest = settling.serdes().readFact(before.newest());
              Optional<Statement> statement = before.find(telling.getStatementId());
              handOver(
                  form.again(key, newest, telling, statement, judgement.replaced(), out.now()));
            });
  }

  private void handOver(Handover handover) {
    out.send(handover.getModel(), new Step.Handed(handover));
  }
}
