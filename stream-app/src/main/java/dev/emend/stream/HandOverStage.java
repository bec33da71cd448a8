package dev.emend.stream;

import dev.emend.event.EditFeedback;
import dev.emend.schedule.FairTurns;
import dev.emend.stream.state.Handover;
import java.util.HashMap;
import java.util.Map;
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

  HandOverStage(ProcessorContext<String, Step> context, Scheduling scheduling) {
    this.out = new Out(context);
    this.scheduling = scheduling;
    this.turns = new Turns(new FairTurns(scheduling.window().sizing().slots()), desks);
    this.stores = SchedulerStores.of(context);
    SchedulerStores.forEach(stores.progress(), progress -> desk(progress.getModel()));
    SchedulerStores.forEach(stores.waiting(), waiting -> desk(waiting.getModel()).restore(waiting));
    SchedulerStores.forEach(stores.sets(), set -> desk(set.getModel()).restore(set));
    context.schedule(scheduling.window().tick(), PunctuationType.WALL_CLOCK_TIME, time -> tick());
  }

  @Override
  public void process(Record<String, Signal> record) {
    if (record.value() instanceof Signal.Arrived arrived) {
      arrived(arrived.handover());
    } else if (record.value() instanceof Signal.Reported reported) {
      reported(reported.feedback());
    }
  }

  @Override
  public void close() {
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
    desks.values().forEach(ModelDesk::rejectLateSets);
    turns.closeDueWindows();
  }

  private ModelDesk desk(String model) {
    return desks.computeIfAbsent(model, name -> new ModelDesk(name, stores, out, scheduling));
  }
}
