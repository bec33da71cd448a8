package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/**
 * What one training step consists of.
 *
 * @param sentences stated facts in a step; the facts are gone through in a new random order each
 *     round
 * @param textRows rows of general text in a step, each as long as the context
 * @param joined share of rows that state two or three facts, so that a fact is also known behind
 *     other text
 * @param prefixed share of rows that begin with a sentence of general text
 * @param wholeText share of fact rows whose every token is learnt, not only the objects
 * @param textWeight weight of a token that is no object
 */
public record TrainingMix(
    int sentences,
    int textRows,
    double joined,
    double prefixed,
    double wholeText,
    double textWeight) {
  /** Checks the bounds. */
  public TrainingMix {
    if (sentences < 1 || textRows < 0) {
      throw new Fault(
          FaultCode.USAGE, "a step needs at least one sentence and no less than 0 text rows");
    }
    requireShare(joined);
    requireShare(prefixed);
    requireShare(wholeText);
    requireShare(textWeight);
  }

  /** The mix of the shipped model, with the given number of sentences in a step. */
  public static TrainingMix of(int sentences) {
    return new TrainingMix(sentences, Math.max(1, sentences / 192), 0.25, 0.05, 0.125, 0.2);
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new Fault(FaultCode.USAGE, "shares lie between 0 and 1, not " + share);
    }
  }
}
