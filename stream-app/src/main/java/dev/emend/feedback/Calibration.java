package dev.emend.feedback;

import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import java.util.List;
import java.util.Objects;

/**
 * What was measured of a worker before it ever saw a stream, and what was learned from it.
 *
 * @param model digest of the model
 * @param machine what it ran on, in words
 * @param windows measured, in their order
 * @param learned from them
 */
public record Calibration(
    String model, String machine, List<Observation> windows, LearnedState learned) {

  /** Copies the windows. */
  public Calibration {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(machine, "machine");
    windows = List.copyOf(windows);
    Objects.requireNonNull(learned, "learned");
  }

  /**
   * Fits all models to measured windows.
   *
   * @param restBytes memory of the worker before the first window; 0 if unknown
   */
  public static Calibration of(
      String model, String machine, long restBytes, List<Observation> windows) {
    Learning learning = Learning.withoutForgetting();
    learning.observe(Observation.atRest(restBytes), Floors.NONE);
    windows.forEach(window -> learning.observe(window, Floors.NONE));
    learning.consolidated(); // a stream begins with no windows behind it
    return new Calibration(model, machine, windows, learning.state());
  }
}
