package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sample standard deviations of the scores of several subsets, in points; null where a subset has
 * nothing to score. The names are those of its JSON form.
 *
 * @param es of the rewrite prompts
 * @param ps of the paraphrases
 * @param ns of the neighbours
 * @param s of the harmonic mean
 */
public record Spread(
    @JsonProperty("ES") @Nullable Double es,
    @JsonProperty("PS") @Nullable Double ps,
    @JsonProperty("NS") @Nullable Double ns,
    @JsonProperty("S") @Nullable Double s) {

  /** The spread of at least two subsets. */
  static Spread of(List<Scores> subsets) {
    if (subsets.size() < 2) {
      throw new IllegalArgumentException("one subset has no spread");
    }
    return new Spread(
        deviation(subsets, Scores::es),
        deviation(subsets, Scores::ps),
        deviation(subsets, Scores::ns),
        deviation(subsets, Scores::s));
  }

  private static @Nullable Double deviation(
      List<Scores> subsets, Function<Scores, @Nullable Double> score) {
    double sum = 0;
    double squares = 0;
    for (Scores subset : subsets) {
      Double value = score.apply(subset);
      if (value == null) {
        return null;
      }
      sum += value;
      squares += value * value;
    }
    int n = subsets.size();
    return Math.sqrt(Math.max(0, squares - sum * sum / n) / (n - 1));
  }
}
