package dev.emend.schedule;

import dev.emend.schedule.learn.Estimate;
import java.util.Optional;

/**
 * What a policy expects of a window, so that a later reader can hold it against the measured
 * feedback; empty where nothing has been learned.
 *
 * @param seconds editing time, seconds
 * @param bytes peak memory of the worker, bytes
 * @param efficacy share of the items that become the top answer, 0..1
 * @param paraphrase likewise on other prompts
 * @param locality share of neighbour prompts that keep their answer, 0..1
 */
public record Prediction(
    Optional<Estimate> seconds,
    Optional<Estimate> bytes,
    Optional<Estimate> efficacy,
    Optional<Estimate> paraphrase,
    Optional<Estimate> locality) {

  /** Nothing has been learned yet. */
  public static final Prediction NONE =
      new Prediction(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
