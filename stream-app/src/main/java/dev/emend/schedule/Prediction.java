package dev.emend.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a policy expects of a window, so that a later reader can hold it against the measured
 * feedback.
 *
 * @param seconds editing time, seconds; empty if nothing has been learned
 * @param bytes peak memory of the worker, bytes; empty likewise
 * @param efficacy share of the items that become the top answer, 0..1; empty likewise
 */
public record Prediction(OptionalDouble seconds, OptionalLong bytes, OptionalDouble efficacy) {

  /** Nothing has been learned yet. */
  public static final Prediction NONE =
      new Prediction(OptionalDouble.empty(), OptionalLong.empty(), OptionalDouble.empty());
}
