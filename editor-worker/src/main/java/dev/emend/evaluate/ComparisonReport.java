package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of methods came to; the names are those of its JSON form.
 *
 * @param before scores of the unedited model on all cases
 * @param unreadable cases left out because the model cannot read them
 * @param rows one for each method and number of edits
 */
public record ComparisonReport(Scores before, int unreadable, List<Row> rows) {
  /** Copies the list. */
  public ComparisonReport {
    Objects.requireNonNull(before, "before");
    rows = List.copyOf(rows);
  }

  /**
   * One method after so many edits.
   *
   * @param method its name
   * @param edits facts written one on top of the other before all of them were asked
   * @param scores over all groups of that many facts and all subsets
   * @param subsets the scores of each subset alone
   * @param secondsPerEdit wall time of editing
   */
  public record Row(
      String method,
      int edits,
      Scores scores,
      List<Scores> subsets,
      @JsonProperty("seconds_per_edit") double secondsPerEdit) {
    /** Copies the list. */
    public Row {
      Objects.requireNonNull(scores, "scores");
      subsets = List.copyOf(subsets);
    }

    /** How far the subsets lie apart; null if there is one only. */
    @JsonProperty("spread")
    public @Nullable Spread spread() {
      return subsets.size() < 2 ? null : Spread.of(subsets);
    }
  }
}
