package dev.emend.model;

import java.util.OptionalInt;

/**
 * How a model is run.
 *
 * @param threads threads of the tensor engine for the whole process; absent: as many as the engine
 *     was started with
 */
public record ModelOptions(OptionalInt threads) {
  /** Checks the number. */
  public ModelOptions {
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads must be at least 1");
    }
  }

  /** The engine's own settings. */
  public static ModelOptions defaults() {
    return new ModelOptions(OptionalInt.empty());
  }

  /** A fixed number of threads. */
  public static ModelOptions threads(int threads) {
    return new ModelOptions(OptionalInt.of(threads));
  }
}
