package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which model folder, and with how many threads. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A Hugging Face folder: config.json, safetensors, tokenizer.")
  private Path folder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the tensor engine (default: as many as there are cores).")
  private Optional<Integer> threads = Optional.empty();

  /** The folder. */
  Path folder() {
    return folder;
  }

  /** How to run a model. */
  ModelOptions options() {
    if (threads.isPresent() && threads.get() < 1) {
      throw new Fault(FaultCode.USAGE, "--threads must be at least 1, not " + threads.get());
    }
    return threads.map(ModelOptions::threads).orElseGet(ModelOptions::defaults);
  }

  /** Opens the model; the caller closes it. */
  LanguageModel open() {
    return LanguageModel.open(folder, options());
  }
}
