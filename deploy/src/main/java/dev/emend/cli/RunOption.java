package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.ComputeDevice;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.size.ByteSize;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a model is run. */
final class RunOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the tensor engine (default: as many as there are cores).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "FORMAT",
      description =
          "Number format of the matrices that are not edited: ${COMPLETION-CANDIDATES}"
              + " (default: fp32).")
  private Optional<Precision> precision = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where to compute: ${COMPLETION-CANDIDATES} (default: auto).")
  private Optional<ComputeDevice> device = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory that the process may come to occupy, for example 4GB (default: no limit)."
              + " What would not fit is refused before it starts.")
  private Optional<String> memory = Optional.empty();

  /** What was given, and the defaults where nothing was. */
  ModelOptions options() {
    requireThreads();
    ModelOptions options = threads.map(ModelOptions::threads).orElseGet(ModelOptions::defaults);
    return options
        .in(precision.orElse(Precision.FP32))
        .on(device.orElse(ComputeDevice.AUTO))
        .within(memory.map(RunOption::size));
  }

  /** Only what was given, as settings of the worker. */
  Map<String, String> settings() {
    requireThreads();
    Map<String, String> settings = new HashMap<>();
    threads.ifPresent(count -> settings.put("threads", count.toString()));
    precision.ifPresent(format -> settings.put("precision", format.name()));
    device.ifPresent(place -> settings.put("device", place.name()));
    memory.ifPresent(text -> settings.put("memory", Long.toString(RunOption.size(text).bytes())));
    return settings;
  }

  private void requireThreads() {
    if (threads.isPresent() && threads.get() < 1) {
      throw new Fault(FaultCode.USAGE, "--threads must be at least 1, not " + threads.get());
    }
  }

  private static ByteSize size(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "--memory: " + e.getMessage(), e);
    }
  }
}
