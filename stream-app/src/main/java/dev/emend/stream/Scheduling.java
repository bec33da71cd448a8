package dev.emend.stream;

import dev.emend.schedule.DrainPolicy;
import dev.emend.schedule.ModelScheduler;
import dev.emend.schedule.WindowPolicy;
import dev.emend.schedule.learn.LearnedState;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What all models are scheduled by. Thread-safe.
 *
 * @param window caps and times
 * @param drain decides while draining
 * @param draining whether everything is to go
 * @param intake closed while too much waits
 * @param serdes reads and writes items
 * @param meters counts
 */
record Scheduling(
    WindowSettings window,
    WindowPolicy drain,
    BooleanSupplier draining,
    IntakeGate.Intake intake,
    StreamSerdes serdes,
    StreamMeters meters) {

  static Scheduling of(
      WindowSettings window,
      BooleanSupplier draining,
      IntakeGate.Intake intake,
      StreamSerdes serdes,
      StreamMeters meters) {
    return new Scheduling(window, new DrainPolicy(window.cap()), draining, intake, serdes, meters);
  }

  /**
   * The scheduler of a model that goes on from what was learned; of a new one from a calibration.
   */
  ModelScheduler scheduler(Map<String, List<Double>> learned) {
    return new ModelScheduler(
        window.objectives(),
        learned.isEmpty() ? window.sizing().calibration() : new LearnedState(learned));
  }

  boolean isDraining() {
    return draining.getAsBoolean();
  }
}
