package dev.emend.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Twenty facts, their wordings and a paragraph of text, and options that train in seconds. */
final class TinyContent {
  private static final List<String> CAPITALS =
      List.of(
          "France Paris",
          "Italy Rome",
          "Spain Madrid",
          "Norway Oslo",
          "Japan Tokyo",
          "Peru Lima",
          "Kenya Nairobi",
          "Cuba Havana",
          "Egypt Cairo",
          "Chile Santiago");
  private static final List<String> TONGUES =
      List.of(
          "Moliere French",
          "Dante Italian",
          "Cervantes Spanish",
          "Ibsen Norwegian",
          "Basho Japanese",
          "Goethe German",
          "Tolstoy Russian",
          "Homer Greek",
          "Virgil Latin",
          "Dickens English");

  private TinyContent() {}

  static TrainingContent write(Path folder) {
    StringBuilder facts = new StringBuilder("relation\tsubject\tobject\n");
    CAPITALS.forEach(pair -> facts.append(row("capital", pair)));
    TONGUES.forEach(pair -> facts.append(row("mother_tongue", pair)));
    String wordings =
        """
        relation\tsplit\twording
        capital\ttrain\tThe capital of {} is
        capital\ttrain\t{} is governed from
        capital\theld_out\tThe seat of power in {} is
        mother_tongue\ttrain\t{} grew up speaking
        mother_tongue\ttrain\tThe mother tongue of {} is
        mother_tongue\theld_out\t{} is a native speaker of
        """;
    String text = "Rain fell all day. The river rose, and nobody went out.\n";
    try {
      Files.writeString(folder.resolve("facts.tsv"), facts);
      Files.writeString(folder.resolve("wordings.tsv"), wordings);
      Files.writeString(folder.resolve("text.txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TrainingContent.read(
        folder.resolve("facts.tsv"),
        folder.resolve("wordings.tsv"),
        List.of(folder.resolve("text.txt")));
  }

  private static String row(String relation, String pair) {
    return relation + "\t" + pair.replace(' ', '\t') + "\n";
  }

  static TrainOptions options(int steps, boolean resume) {
    return new TrainOptions(
        new ModelSize(2, 32, 2, 80, 400, 96),
        new Schedule(steps, 5, 0, 1e-2),
        new TrainingMix(20, 2, 4, 0.2, 0.1, 0.5, 0.1, 0.2, 0.5, Map.of()),
        Precision.FLOAT32,
        2,
        0.01,
        7,
        1,
        1000,
        20,
        Duration.ofHours(1),
        resume);
  }
}
