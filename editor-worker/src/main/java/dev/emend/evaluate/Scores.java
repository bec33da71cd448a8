package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Scores over a data set, in percent; null where the data set has nothing to score. ES, PS, NS and
 * S as in CounterFact (Meng et al. 2022): a case counts by the mean over its prompts.
 *
 * @param cases number of cases
 * @param es share of rewrite prompts with P(new) above P(true)
 * @param ps the same on paraphrases
 * @param ns share of neighbour prompts with P(true) above P(new)
 * @param s harmonic mean of the three
 * @param rewriteTop1 share of rewrite prompts whose likeliest tokens are the new object's, the true
 *     tokens being given (teacher forcing)
 * @param paraphraseTop1 the same on paraphrases
 * @param neighbourhoodTop1 share of neighbour prompts whose likeliest tokens are the expected
 *     answer's
 * @param generationExact share of rewrite prompts whose free greedy continuation begins with the
 *     new object
 */
public record Scores(
    int cases,
    @JsonProperty("ES") @Nullable Double es,
    @JsonProperty("PS") @Nullable Double ps,
    @JsonProperty("NS") @Nullable Double ns,
    @JsonProperty("S") @Nullable Double s,
    @JsonProperty("rewrite_top1") @Nullable Double rewriteTop1,
    @JsonProperty("paraphrase_top1") @Nullable Double paraphraseTop1,
    @JsonProperty("neighbourhood_top1") @Nullable Double neighbourhoodTop1,
    @JsonProperty("generation_exact") @Nullable Double generationExact) {

  /** Harmonic mean; null if one is missing, 0 if one is 0. */
  static @Nullable Double harmonicMean(@Nullable Double... scores) {
    double sum = 0;
    for (Double score : scores) {
      if (score == null) {
        return null;
      }
      sum += 1 / score;
    }
    return Double.isInfinite(sum) ? 0 : scores.length / sum;
  }
}
