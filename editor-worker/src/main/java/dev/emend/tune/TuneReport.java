package dev.emend.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * What a search came to; the names are those of its JSON form.
 *
 * @param trials everything that was tried, in order
 * @param before the model's numbers on cases that the search did not see
 * @param after the found numbers on the same cases
 * @param written whether the found numbers were better there and therefore written
 * @param seconds wall time
 */
public record TuneReport(
    List<Trial> trials,
    @JsonProperty("held_out_before") Trial before,
    @JsonProperty("held_out_after") Trial after,
    boolean written,
    double seconds) {
  /** Copies the list. */
  public TuneReport {
    trials = List.copyOf(trials);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }
}
