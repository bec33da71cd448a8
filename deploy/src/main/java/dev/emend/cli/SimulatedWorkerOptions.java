package dev.emend.cli;

import dev.emend.feedback.CalibrationFile;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.WindowCost;
import dev.emend.schedule.simulate.SuppliedCost;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a simulated worker is like: one of the two. */
final class SimulatedWorkerOptions {
  @Option(
      names = "--calibration",
      paramLabel = "PATH",
      description = "What the simulated worker is like: a file or folder of emend calibrate.")
  private @Nullable Path calibration;

  @Option(
      names = "--cost",
      paramLabel = "TIME+TIME",
      converter = WindowCostText.class,
      description =
          "Or what it takes for a window and for each fact, for example 100ms+60ms; every fact holds"
              + " then.")
  private @Nullable WindowCost cost;

  LearnedState learned() {
    return calibration != null
        ? CalibrationFile.read(calibration).learned()
        : SuppliedCost.of(Objects.requireNonNull(cost));
  }
}
