package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;

/**
 * What one training step consists of.
 *
 * @param sentences stated facts in a step; the facts are gone through in a new random order each
 *     round
 * @param textRows rows of general text, each as long as the context
 * @param textEvery steps from one with rows of text to the next
 * @param joined share of rows that state two or three facts, so that a fact is also known behind
 *     other text
 * @param prefixed share of rows that begin with general text
 * @param fragments share of these beginnings that are cut from the text anywhere; the others are
 *     sentences
 * @param wholeText share of fact rows whose every token is learnt, not only the objects
 * @param textWeight weight of a token that is no object
 * @param throughSubject share of fact rows whose subject is hidden from the tokens behind it, but
 *     for its last token in the last blocks: the model then has to look a fact up at the end of its
 *     subject, which is where edits write
 * @param emphasis how often a round states each fact of a relation, where that is not once
 */
public record TrainingMix(
    int sentences,
    int textRows,
    int textEvery,
    double joined,
    double prefixed,
    double fragments,
    double wholeText,
    double textWeight,
    double throughSubject,
    Map<String, Integer> emphasis) {
  /** Checks the bounds. */
  public TrainingMix {
    if (sentences < 1 || textRows < 0 || textEvery < 1) {
      throw new Fault(
          FaultCode.USAGE, "a step needs at least one sentence and no less than 0 text rows");
    }
    requireShare(joined);
    requireShare(prefixed);
    requireShare(fragments);
    requireShare(wholeText);
    requireShare(textWeight);
    requireShare(throughSubject);
    emphasis = Map.copyOf(emphasis);
    if (emphasis.values().stream().anyMatch(times -> times < 1)) {
      throw new Fault(FaultCode.USAGE, "an emphasis is 1 or more");
    }
  }

  /** The mix of the shipped model, with the given number of sentences in a step. */
  public static TrainingMix of(int sentences) {
    return new TrainingMix(
        sentences, 1 + sentences / 40, 8, 0.15, 0.25, 0.6, 0.06, 0.2, 0.8, Map.of());
  }

  /** The same mix that states each fact of some relations several times a round. */
  public TrainingMix emphasising(Map<String, Integer> times) {
    return new TrainingMix(
        sentences,
        textRows,
        textEvery,
        joined,
        prefixed,
        fragments,
        wholeText,
        textWeight,
        throughSubject,
        times);
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new Fault(FaultCode.USAGE, "shares lie between 0 and 1, not " + share);
    }
  }
}
