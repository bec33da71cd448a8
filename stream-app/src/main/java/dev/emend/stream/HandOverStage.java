package dev.emend.stream;

import dev.emend.event.EditFeedback;
import dev.emend.schedule.FairTurns;
import dev.emend.stream.state.Handover;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Queues changes by model and hands windows to the workers when the policy says so: at each tick,
 * at once when a worker has finished, and at once for an urgent change. Not at each arrival, so
 * that a burst ends in one window and not in one of a single change with a second one behind it.
 */
final class HandOverStage implements Stage<String, Signal> {
  private final Out out;
  private final Scheduling scheduling;
  private final SchedulerStores stores;
  private final Map<String, ModelDesk> desks = new HashMap<>();
  private final Turns turns;
  private final IntakeGate.Valve intake;
  private final Cancellable clock;

  HandOverStage(ProcessorContext<String, Step> context, Scheduling scheduling) {
    this.out = new Out(context);
    this.scheduling = scheduling;
    this.turns = new Turns(new FairTurns(scheduling.window().sizing().slots()), desks);
    this.stores = SchedulerStores.of(context);
    SchedulerStores.forEach(stores.progress(), progress -> desk(progress.getModel()));
    stores.waiting().forEach((fact, waiting) -> desk(waiting.getModel()).restore(waiting));
    SchedulerStores.forEach(stores.sets(), set -> desk(set.getModel()).restore(set));
    this.intake = scheduling.intake().of(context.taskId().partition());
    intake.update(waiting());
    this.clock =
        context.schedule(
            scheduling.window().tick(), PunctuationType.WALL_CLOCK_TIME, time -> tick());
  }

  @Override
  public void process(Record<String, Signal> record) {
    if (record.value() instanceof Signal.Arrived arrived) {
      arrived(arrived.handover());
    } else if (record.value() instanceof Signal.Reported reported) {
      reported(reported.feedback());
    }
    updateIntake();
  }

  @Override
  public void close() {
    clock.cancel();
    intake.open();
    desks.values().forEach(ModelDesk::close);
  }

  private void arrived(Handover handover) {
    ModelDesk desk = desk(handover.getModel());
    desk.arrive(handover);
    if (handover.getUrgent()) {
      desk.closeDueWindows(turns);
    }
  }

  private void reported(EditFeedback feedback) {
    desk(feedback.getModel()).report(feedback);
    turns.closeDueWindows();
  }

  private void tick() {
    boolean deaf = intake.isShut() && desks.values().stream().anyMatch(ModelDesk::canGoOn);
    if (!deaf) {
      desks.values().forEach(ModelDesk::rejectLateSets);
    }
    turns.closeDueWindows();
    updateIntake();
  }

  /**
   * The members that a change set waits for may be among what is not read while the intake is shut:
   * no set is late then, unless nothing but sets fills the buffer, and all are given their time
   * anew when it opens.
   */
  private void updateIntake() {
    boolean wasShut = intake.isShut();
    intake.update(waiting());
    if (wasShut && !intake.isShut()) {
      desks.values().forEach(ModelDesk::restartSetClocks);
    }
  }

  private int waiting() {
    return desks.values().stream().mapToInt(ModelDesk::waiting).sum();
  }

  private ModelDesk desk(String model) {
    return desks.computeIfAbsent(model, name -> new ModelDesk(name, stores, out, scheduling));
  }
}
