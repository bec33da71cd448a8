package dev.emend.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A dense solve against the stored inverse; the names are those of its JSON form.
 *
 * @param threads of the linear algebra
 * @param condition of the system before the window
 * @param seed of system and keys
 * @param results a line a size and number of keys; seconds are the shortest of three
 */
public record SolveBenchReport(int threads, double condition, long seed, List<Line> results) {
  /** Copies the list. */
  public SolveBenchReport {
    results = List.copyOf(results);
  }

  /**
   * One system.
   *
   * @param size d
   * @param keys u
   * @param published seconds of the engine's general solve, which the public code calls
   * @param dense seconds of a dense Cholesky solve, the fastest that does not remember
   * @param emend seconds of the gains from the stored inverse
   * @param update seconds in which the inverse then takes the keys in, once the window is committed
   * @param ratio published over gains
   * @param ratioCholesky dense over gains
   * @param denseError relative error of the Cholesky solve
   * @param emendError relative error of ours
   */
  public record Line(
      @JsonProperty("d") int size,
      @JsonProperty("u") int keys,
      @JsonProperty("seconds_published") double published,
      @JsonProperty("seconds_cholesky") double dense,
      @JsonProperty("seconds_emend") double emend,
      @JsonProperty("seconds_update") double update,
      double ratio,
      @JsonProperty("ratio_cholesky") double ratioCholesky,
      @JsonProperty("error_cholesky") double denseError,
      @JsonProperty("error_emend") double emendError) {}
}
