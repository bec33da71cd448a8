package dev.emend.bench;

import dev.emend.evaluate.RandomModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tiny random model with the words of the shipped one, and facts to edit into it. */
public final class TinyModel {
  private static final long SEED = 1;

  private TinyModel() {}

  /** Writes the model; returns its folder. The working directory of tests is the module's. */
  public static Path write(Path root) {
    Path folder = root.resolve("tiny");
    RandomModel.write(folder, Path.of("model"), 64, 2, SEED);
    return folder;
  }

  /** Writes a case about each city; returns the file. */
  public static Path writeFacts(Path root, String... cities) {
    StringBuilder lines = new StringBuilder();
    for (String city : cities) {
      lines.append(
          "{\"prompt\":\"%s lies in\",\"subject\":\"%s\",\"target_new\":\"Asia\",\"ground_truth\":\"Europe\"}%n"
              .formatted(city, city));
    }
    try {
      return Files.writeString(root.resolve("facts.jsonl"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
