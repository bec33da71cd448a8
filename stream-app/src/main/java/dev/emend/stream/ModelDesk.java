package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.ConsolidationCause;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.feedback.Reports;
import dev.emend.schedule.Decision;
import dev.emend.schedule.ModelScheduler;
import dev.emend.schedule.SetRef;
import dev.emend.schedule.Waiting;
import dev.emend.schedule.WaitingRoom;
import dev.emend.schedule.WindowPolicy;
import dev.emend.schedule.WindowShape;
import dev.emend.schedule.WorkerState;
import dev.emend.schedule.learn.Estimate;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.ModelProgress;
import dev.emend.stream.state.SetProgress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one model. The stores hold all of it; what is kept in memory beside them can be
 * built anew from them.
 */
final class ModelDesk {
  private final String model;
  private final SchedulerStores stores;
  private final Out out;
  private final Scheduling scheduling;
  private final Coalescing coalescing;
  private final WaitingRoom room = new WaitingRoom();
  private final SetDesk sets;
  private final ModelScheduler scheduler;
  private final ModelProgress progress;
  private long nextArrival = 1;

  ModelDesk(String model, SchedulerStores stores, Out out, Scheduling scheduling) {
    this.model = model;
    this.stores = stores;
    this.out = out;
    this.scheduling = scheduling;
    this.coalescing = new Coalescing(scheduling.serdes());
    this.sets = new SetDesk(model, stores.sets(), room, scheduling.window());
    ModelProgress known = stores.progress().get(model);
    this.progress = known == null ? fresh(model) : known;
    this.scheduler = scheduling.scheduler(progress.getLearned());
  }

  private static ModelProgress fresh(String model) {
    return ModelProgress.newBuilder()
        .setModel(model)
        .setOutstanding(new ArrayList<>())
        .setLearned(Map.of())
        .build();
  }

  /** Takes back into memory what waited before a restart. */
  void restore(Handover waiting) {
    nextArrival = Math.max(nextArrival, waiting.getArrival() + 1);
    room.add(form(waiting));
    count();
  }

  /** Likewise for a change set; its members come first. */
  void restore(SetProgress set) {
    sets.restore(set);
  }

  void arrive(Handover handover) {
    if (handover.getItem() != null) {
      queue(handover);
    }
    SetRef set = SetDesk.refOf(handover);
    if (set != null) {
      sets.arrive(set, handover.getEventId(), out.now()).ifPresent(this::reject);
    }
    count();
  }

  private void queue(Handover arrived) {
    Handover older = stores.waiting().get(arrived.getFactKey());
    if (older == null) {
      arrived.setArrival(nextArrival++); // just read and nobody else's; a builder would copy it all
      put(arrived);
      return;
    }
    out.decide(subject(older).supersededBy(arrived.getEventId(), "a later change came in time"));
    Handover merged = coalescing.merge(older, arrived);
    if (coalescing.changesNothing(merged)) {
      take(merged.getFactKey());
      out.decide(subject(merged).noOp("the model was told the same before what it replaces"));
    } else {
      put(merged);
    }
    sets.forgetIfGone(SetDesk.refOf(older));
  }

  private void put(Handover handover) {
    stores.waiting().put(handover.getFactKey(), handover);
    room.add(form(handover));
    scheduler.arrived(out.now());
  }

  void report(EditFeedback feedback) {
    boolean ofWindow =
        feedback.getBatchId() == null || feedback.getSequence() > 0 || feedback.getConsolidated();
    if (!ofWindow) {
      return; // what became of an order, or an alarm: nothing to learn from
    }
    List<Long> open = new ArrayList<>(progress.getOutstanding());
    boolean announcement = feedback.getBatchId() == null;
    open.removeIf(sequence -> announcement || sequence <= feedback.getSequence());
    progress.setOutstanding(open);
    if (announcement) {
      scheduler.workerStarted(Math.max(0, feedback.getPeakBytes()));
    } else {
      scheduler.finished(Reports.of(feedback), out.now());
    }
    progress.setLearned(scheduler.learned().numbers());
    stores.progress().put(model, progress);
    count();
  }

  /** Closes windows as long as the scheduler says so and the turns of the models allow it. */
  void closeDueWindows(Turns turns) {
    Decision decision = decide(turns);
    while (!(decision instanceof Decision.Wait)) {
      if (decision instanceof Decision.Close close) {
        turns.charge(model, closeWindow(close));
      } else if (decision instanceof Decision.Consolidate consolidate) {
        consolidate(consolidate.cause());
      }
      decision = decide(turns);
    }
  }

  private Decision decide(Turns turns) {
    if (!turns.free() && !room.hasUrgent()) {
      return Decision.WAIT;
    }
    WindowPolicy policy = scheduling.isDraining() ? scheduling.drain() : scheduler;
    return policy.decide(room, new WorkerState(outstanding()), out.now());
  }

  /** Whether anything may be sent. */
  boolean wantsTurn() {
    return room.ready() > 0 || outstanding() == 0;
  }

  /** Windows handed over without feedback. */
  int outstanding() {
    return progress.getOutstanding().size();
  }

  /** Returns the seconds that the window is expected to take. */
  private double closeWindow(Decision.Close close) {
    List<Waiting> taken = room.take(close.cap());
    List<Handover> items = new ArrayList<>(taken.size());
    for (Waiting waiting : taken) {
      items.add(take(waiting.fact()));
      sets.forgetIfGone(waiting.set());
    }
    send(
        WindowForm.batch(model, progress.getNextSequence(), items, close, out.now()),
        items,
        WindowShape.of(taken));
    return close.prediction().seconds().map(Estimate::mean).orElse((double) taken.size());
  }

  private void consolidate(ConsolidationCause cause) {
    send(
        WindowForm.consolidation(model, progress.getNextSequence(), cause, out.now()),
        List.of(),
        WindowShape.EMPTY);
  }

  private void send(EditBatch batch, List<Handover> items, WindowShape shape) {
    List<Long> open = new ArrayList<>(progress.getOutstanding());
    open.add(batch.getSequence());
    progress.setOutstanding(open);
    progress.setNextSequence(batch.getSequence() + 1);
    stores.progress().put(model, progress);
    scheduler.handedOver(batch.getSequence(), shape, out.now());
    List<ByteBuffer> written = items.stream().map(coalescing::written).toList();
    out.send(model, new Step.Closed(Bytes.wrap(scheduling.serdes().window(batch, written))));
    scheduling.meters().closed(batch, items.stream().map(Handover::getAcceptedAt).toList());
    count();
  }

  /** Rejects change sets whose members did not all come in time. */
  void rejectLateSets() {
    sets.late(out.now()).forEach(this::reject);
  }

  /** Whatever the sets have waited so far does not count. */
  void restartSetClocks() {
    sets.restartClocks(out.now());
  }

  /** Facts that wait, also those held back by an incomplete set. */
  int waiting() {
    return room.ready() + room.held();
  }

  /** Whether anything waits that the worker will take in time. */
  boolean canGoOn() {
    return room.ready() > 0;
  }

  private void reject(SetDesk.Refusal refusal) {
    for (Waiting waiting : room.members(refusal.set())) {
      out.decide(subject(take(waiting.fact())).rejected(refusal.why()));
    }
    sets.forget(refusal.set());
    count();
  }

  /** The task ends; another instance may own the model from now on. */
  void close() {
    scheduling.meters().forget(model);
  }

  private Handover take(String factKey) {
    room.remove(factKey);
    return Objects.requireNonNull(stores.waiting().delete(factKey), factKey);
  }

  private Outcome.Subject subject(Handover handover) {
    BatchItem item = coalescing.item(handover);
    return new Outcome.Subject(item.getEventId(), model, item.getFactId(), item.getPublishedAt());
  }

  private static Waiting form(Handover handover) {
    @Nullable SetRef set = SetDesk.refOf(handover);
    Instant since = handover.getSince();
    int bytes = handover.getItem() == null ? 0 : handover.getItem().remaining();
    return new Waiting(
        handover.getFactKey(),
        handover.getArrival(),
        since,
        bytes,
        handover.getLetters(),
        handover.getUrgent(),
        set);
  }

  private void count() {
    scheduling.meters().backlog(model, waiting(), outstanding());
  }
}
