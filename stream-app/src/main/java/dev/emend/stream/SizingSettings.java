package dev.emend.stream;

import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.Optional;

/**
 * What the size of windows is learned from and what for.
 *
 * @param floors what a window must at least do to the model
 * @param memory the most that the worker may need, bytes; empty for no budget
 * @param firstFacts the largest window while nothing has been learned
 * @param slots windows that may be in work at once over all models of a task; 0 for any number
 * @param consolidation when a model is derived anew
 * @param calibration what is known of the worker before it has edited anything
 */
public record SizingSettings(
    Floors floors,
    Optional<ByteSize> memory,
    int firstFacts,
    int slots,
    ConsolidationRule consolidation,
    LearnedState calibration) {
  /** What the settings say where nothing is set. */
  public static final SizingSettings STANDARD =
      new SizingSettings(
          new Floors(0.8, 0.8),
          Optional.empty(),
          8,
          0,
          new ConsolidationRule(Duration.ofSeconds(30), 4, 64, 0.1),
          LearnedState.NONE);
}
