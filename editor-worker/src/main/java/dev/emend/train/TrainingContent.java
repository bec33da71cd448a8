package dev.emend.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a model is trained on.
 *
 * @param facts the table of facts
 * @param wordings how relations are put into words
 * @param paragraphs general text, a paragraph each; may be empty
 */
public record TrainingContent(FactTable facts, Wordings wordings, List<String> paragraphs) {
  /** Copies the paragraphs. */
  public TrainingContent {
    paragraphs = List.copyOf(paragraphs);
  }

  /** Reads the tables and the text files. */
  public static TrainingContent read(Path facts, Path wordings, List<Path> texts) {
    return new TrainingContent(
        FactTable.read(facts), Wordings.read(wordings), PlainText.read(texts));
  }

  /** The same with more wordings to learn from, by relation. */
  public TrainingContent withPatterns(Map<String, List<String>> patterns) {
    return new TrainingContent(facts, wordings.with(patterns), paragraphs);
  }

  /**
   * Everything in plain text, each fact stated once in a random trained wording: what the
   * vocabulary is learnt from.
   */
  List<String> corpus(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Stream<String> stated = facts.facts().stream().map(fact -> stated(fact, random));
    return Stream.concat(stated, paragraphs.stream()).toList();
  }

  private String stated(StatedFact fact, SplittableRandom random) {
    List<String> choices = wordings.trained(fact.relation());
    String wording = choices.get(random.nextInt(choices.size()));
    return Wordings.prompt(wording, fact.subject()) + " " + fact.object() + ".";
  }
}
