package dev.emend.cli;

import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model folder, and how it is run. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A Hugging Face folder: config.json, safetensors, tokenizer.")
  private Path folder;

  @Mixin private RunOption run;

  /** The folder. */
  Path folder() {
    return folder;
  }

  /** How to run a model. */
  ModelOptions options() {
    return run.options();
  }

  /** Opens the model; the caller closes it. */
  LanguageModel open() {
    return LanguageModel.open(folder, options());
  }
}
