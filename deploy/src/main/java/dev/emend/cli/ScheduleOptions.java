package dev.emend.cli;

import dev.emend.stream.StreamSetting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the scheduler aims at; what is not given is as the stream app has it by default. */
final class ScheduleOptions {
  @Option(
      names = "--max-staleness",
      paramLabel = "TIME",
      description = "How long a fact may wait while the worker is busy (default: 5s).")
  private Optional<String> maxStaleness = Optional.empty();

  @Option(
      names = "--min-efficacy",
      paramLabel = "SHARE",
      description = "Least share of a window's facts that must be expected to hold (default: 0.8).")
  private Optional<String> minEfficacy = Optional.empty();

  @Option(
      names = "--min-locality",
      paramLabel = "SHARE",
      description =
          "Least share of neighbour prompts that must be expected to stay (default: 0.8).")
  private Optional<String> minLocality = Optional.empty();

  @Option(
      names = "--worker-memory",
      paramLabel = "SIZE",
      description = "Most memory that a window may take the worker to (default: any).")
  private Optional<String> memory = Optional.empty();

  @Option(
      names = "--calibration",
      paramLabel = "PATH",
      description =
          "File or folder of emend calibrate (default: the one beside the model, if there is one).")
  private Optional<String> calibration = Optional.empty();

  /** As settings of the stream app. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    maxStaleness.ifPresent(value -> settings.put(StreamSetting.MAX_STALENESS.key(), value));
    minEfficacy.ifPresent(value -> settings.put(StreamSetting.MIN_EFFICACY.key(), value));
    minLocality.ifPresent(value -> settings.put(StreamSetting.MIN_LOCALITY.key(), value));
    memory.ifPresent(value -> settings.put(StreamSetting.MEMORY.key(), value));
    calibration.ifPresent(value -> settings.put(StreamSetting.CALIBRATION.key(), value));
    return settings;
  }
}
