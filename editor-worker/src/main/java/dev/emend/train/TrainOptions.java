package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How a model is trained.
 *
 * @param size size of the model
 * @param schedule learning rate and number of updates
 * @param mix what a step consists of
 * @param precision number format of the matrix products
 * @param batches parts of a step that go through the network one by one in each thread; fewer cost
 *     less time and more memory
 * @param weightDecay decoupled weight decay of the matrices
 * @param seed start of all random choices
 * @param threads threads of the tensor library
 * @param evaluateEvery steps between two measurements on a sample
 * @param sample facts of a measurement
 * @param checkpointEvery time between two checkpoints, each with a usable model
 * @param resume whether to go on from the checkpoint in the output folder, if there is one
 */
public record TrainOptions(
    ModelSize size,
    Schedule schedule,
    TrainingMix mix,
    Precision precision,
    int batches,
    double weightDecay,
    long seed,
    int threads,
    int evaluateEvery,
    int sample,
    Duration checkpointEvery,
    boolean resume) {
  /** Checks the bounds. */
  public TrainOptions {
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(mix, "mix");
    Objects.requireNonNull(precision, "precision");
    if (batches < 1 || weightDecay < 0 || threads < 1) {
      throw new Fault(
          FaultCode.USAGE, "batches and threads must be positive, weight decay not negative");
    }
    if (evaluateEvery < 1 || sample < 1 || checkpointEvery.isNegative()) {
      throw new Fault(FaultCode.USAGE, "intervals and the sample must be positive");
    }
  }

  /** The same with another seed. */
  public TrainOptions withSeed(long other) {
    return new TrainOptions(
        size,
        schedule,
        mix,
        precision,
        batches,
        weightDecay,
        other,
        threads,
        evaluateEvery,
        sample,
        checkpointEvery,
        resume);
  }

  /** The same with another content of a step. */
  public TrainOptions withMix(TrainingMix other) {
    return new TrainOptions(
        size,
        schedule,
        other,
        precision,
        batches,
        weightDecay,
        seed,
        threads,
        evaluateEvery,
        sample,
        checkpointEvery,
        resume);
  }

  /**
   * The settings of the shipped model. Where the processor has no bfloat16 tiles, {@link
   * Precision#FLOAT32} is as fast.
   */
  public static TrainOptions shipped() {
    TrainingMix mix =
        TrainingMix.of(512)
            .emphasising(Map.of("office_holder", 3, "sports_team", 4, "succeeded_by", 3));
    return new TrainOptions(
        ModelSize.shipped(),
        new Schedule(1800, 60, 800, 3.0e-3),
        mix,
        Precision.BFLOAT16,
        4,
        0.02,
        20261123,
        2,
        200,
        1000,
        Duration.ofMinutes(4),
        false);
  }
}
