package dev.emend.cli;

import dev.emend.topic.SettingsFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Settings of the worker that have no option of their own. */
final class WorkerOptions {
  @Option(
      names = "--worker-config",
      paramLabel = "FILE",
      description = "Properties of the worker, for example gate.efficacy=0.9 (default: none).")
  private Optional<Path> file = Optional.empty();

  /** By the names of the worker's settings; a misspelt one is refused when the worker is wired. */
  Map<String, String> settings() {
    return file.map(SettingsFile::read).orElse(Map.of());
  }
}
