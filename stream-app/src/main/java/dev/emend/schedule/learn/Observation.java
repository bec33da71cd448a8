package dev.emend.schedule.learn;

import java.util.Map;

/**
 * How one window went.
 *
 * @param load what it weighed
 * @param stock facts in the model before it
 * @param seconds wall time of the edit, waiting excluded
 * @param phases the same by phase, as far as known
 * @param peakBytes peak memory of the worker; 0 if unknown
 * @param effect what it did to the model
 */
public record Observation(
    WindowLoad load,
    long stock,
    double seconds,
    Map<Phase, Double> phases,
    long peakBytes,
    Effect effect) {

  /** Copies the phases; refuses negative numbers. */
  public Observation {
    phases = Map.copyOf(phases);
    if (stock < 0 || !(seconds >= 0) || peakBytes < 0) {
      throw new IllegalArgumentException(
          "no window: stock %d, %s s, %d bytes".formatted(stock, seconds, peakBytes));
    }
  }

  /** A worker that rests and occupies so much. */
  public static Observation atRest(long bytes) {
    return new Observation(new WindowLoad(0, 0, 0), 0, 0, Map.of(), bytes, Effect.UNKNOWN);
  }
}
