package dev.emend.model;

import dev.emend.size.ByteSize;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is run.
 *
 * @param threads threads of the tensor engine for the whole process; absent: as many as the engine
 *     was started with
 * @param precision number format of the matrices that are not edited
 * @param device where it computes
 * @param memory most that the process may come to occupy; empty for no limit
 */
public record ModelOptions(
    OptionalInt threads, Precision precision, ComputeDevice device, Optional<ByteSize> memory) {
  /** Checks the number. */
  public ModelOptions {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(device, "device");
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads must be at least 1");
    }
  }

  /** The engine's own number of threads, float32, on the processor. */
  public static ModelOptions defaults() {
    return new ModelOptions(
        OptionalInt.empty(), Precision.FP32, ComputeDevice.CPU, Optional.empty());
  }

  /** The defaults with a fixed number of threads. */
  public static ModelOptions threads(int threads) {
    return new ModelOptions(
        OptionalInt.of(threads), Precision.FP32, ComputeDevice.CPU, Optional.empty());
  }

  /** The same in another number format. */
  public ModelOptions in(Precision other) {
    return new ModelOptions(threads, other, device, memory);
  }

  /** The same on another device. */
  public ModelOptions on(ComputeDevice other) {
    return new ModelOptions(threads, precision, other, memory);
  }

  /** The same within another limit of memory. */
  public ModelOptions within(Optional<ByteSize> limit) {
    return new ModelOptions(threads, precision, device, limit);
  }
}
