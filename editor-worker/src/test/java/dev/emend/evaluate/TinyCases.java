package dev.emend.evaluate;

import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tiny model folder with settings and statistics, and a data set about it. */
public final class TinyCases {
  private TinyCases() {}

  /** Writes the model; its layers 0 and 1 are edited. */
  public static Path writeModel(Path root) {
    Path model = root.resolve("model");
    TinyFolder.write(model, 4);
    write(
        model.resolve("emend.json"),
        """
        {"layers": [0, 1], "steps": 15, "lambda": 0.01, "clamp": 20, "templates": 2,
         "context_templates": ["{}", "The river is. {}"]}
        """);
    Path text = root.resolve("text.txt");
    write(text, "the russ is this one, is it? ".repeat(30) + "\n" + "abcdefghijklmnop");
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      KeyStatistics statistics =
          StatisticsRun.of(opened, List.of(0, 1, 2), Corpus.of(List.of(text)), Progress.NONE);
      StatisticsFile.write(statistics, model.resolve(ModelEditors.STATISTICS));
    }
    return model;
  }

  /** Six facts with paraphrases and neighbours. */
  public static Path writeFacts(Path root) {
    String[] subjects = {"Tower", "Russ", "Dani", "Oslo", "Bridge", "Anna"};
    String[] objects = {"Rome", "Bonn", "Riga", "Lima", "Bern", "Kiev"};
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < subjects.length; i++) {
      lines.append(
          """
          {"subject": "%s", "relation": "city", "prompt": "{} is in", "object": "%s", \
          "ground_truth": "Paris", "paraphrases": ["one finds %s in"], \
          "neighbours": [{"prompt": "Tree %d is in", "expected": "Paris"}]}
          """
              .formatted(subjects[i], objects[i], subjects[i], i));
    }
    Path facts = root.resolve("facts.jsonl");
    write(facts, lines.toString());
    return facts;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
