package dev.emend.tune;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emend.evaluate.Scores;
import dev.emend.memit.HyperParameters;
import java.util.List;
import java.util.Objects;

/**
 * One setting that was tried; the names are those of its JSON form.
 *
 * @param layers edited layers
 * @param lambda weight of the statistics
 * @param clamp largest change of the hidden state
 * @param learningRate learning rate or step length
 * @param cases facts edited as one window and asked
 * @param scores what came of it
 * @param seconds wall time
 */
public record Trial(
    List<Integer> layers,
    double lambda,
    double clamp,
    @JsonProperty("learning_rate") double learningRate,
    int cases,
    Scores scores,
    double seconds) {
  /** Copies the list. */
  public Trial {
    layers = List.copyOf(layers);
    Objects.requireNonNull(scores, "scores");
  }

  static Trial of(HyperParameters numbers, Scores scores, double seconds) {
    return new Trial(
        numbers.layers(),
        numbers.lambda(),
        numbers.clamp(),
        numbers.learningRate(),
        scores.cases(),
        scores,
        seconds);
  }

  /**
   * What the search makes as large as it can: S, or top-1 where the data set has no old answers.
   */
  @JsonIgnore
  public double goal() {
    Double s = scores.s();
    Double top = scores.rewriteTop1();
    return s != null ? s : top != null ? top : 0;
  }
}
