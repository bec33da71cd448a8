package dev.emend.cli;

import dev.emend.memit.EditMode;
import dev.emend.topic.SettingsFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the worker: options that are given win over the file, the file over defaults. */
final class WorkerOptions {
  @Option(
      names = "--worker-config",
      paramLabel = "FILE",
      description = "Properties of the worker, for example gate.efficacy=0.9 (default: none).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "Work for a target: ${COMPLETION-CANDIDATES} (default: the model's own numbers).")
  private Optional<EditMode> mode = Optional.empty();

  @Mixin private RunOption run;
  @Mixin private GateOptions gate;

  /** By the names of the worker's settings; a misspelt one is refused when the worker is wired. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(file.map(SettingsFile::read).orElse(Map.of()));
    mode.ifPresent(set -> settings.put("mode", set.name()));
    settings.putAll(run.settings());
    settings.putAll(gate.settings());
    return settings;
  }
}
