package dev.emend.demo;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the demonstration is about.
 *
 * @param changes real changes with their dates, in the order of these dates
 * @param probes facts that nobody changes
 */
record DemoContent(List<EditCase> changes, List<EditCase> probes) {
  DemoContent {
    changes = List.copyOf(changes);
    probes = List.copyOf(probes);
  }

  /** The content that comes with the program. */
  static DemoContent load() {
    return new DemoContent(read("changes.jsonl"), read("probes.jsonl"));
  }

  private static List<EditCase> read(String name) {
    try (InputStream resource =
        Objects.requireNonNull(DemoContent.class.getResourceAsStream(name), name)) {
      Path file = Files.createTempFile("emend-", name);
      try {
        Files.write(file, resource.readAllBytes());
        return DatasetReader.readAll(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is asked about the probes. */
  List<Question> probeQuestions() {
    return probes.stream().map(DemoContent::question).toList();
  }

  /** The question of a fact, with the answer that the fact gives. */
  static Question question(EditCase fact) {
    return new Question(fact.filledPrompt(), Objects.requireNonNull(fact.object(), "an object"));
  }
}
