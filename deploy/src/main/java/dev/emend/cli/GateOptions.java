package dev.emend.cli;

import dev.emend.version.Promotion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a version becomes live; what is not given is as the worker has it by default. */
final class GateOptions {
  @Option(
      names = "--gate",
      paramLabel = "MODE",
      description =
          "Who makes a version live: ${COMPLETION-CANDIDATES}; manual waits for emend promote"
              + " (default: auto).")
  private Optional<Promotion.Mode> gate = Optional.empty();

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long a version is canary before it is live, for example 5m (default: 0s).")
  private Optional<Duration> soak = Optional.empty();

  @Option(
      names = "--soak-windows",
      paramLabel = "N",
      description = "How many versions must come after it before it is live (default: 0).")
  private Optional<Integer> windows = Optional.empty();

  /** As settings of the worker. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    gate.ifPresent(mode -> settings.put("promotion", mode.name()));
    soak.ifPresent(time -> settings.put("soak.time", time.toMillis() + "ms"));
    windows.ifPresent(count -> settings.put("soak.windows", count.toString()));
    return settings;
  }
}
