package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emend.memit.EditRecipe;
import dev.emend.memit.PhaseTimes;
import dev.emend.memory.ProcessMemory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What an offline edit did; the names are those of its JSON form.
 *
 * @param recipe how it was done
 * @param edits facts written or taken out
 * @param rejected facts refused
 * @param windows updates made
 * @param seconds wall time by phase
 * @param secondsPerEdit total over edits; 0 if there were none
 * @param peakRssBytes highest resident memory of the process
 * @param resultDigest digest of the written model, hexadecimal
 * @param export what writing did to the edited weights
 * @param rejections why facts were refused
 */
public record EditReport(
    EditRecipe recipe,
    int edits,
    int rejected,
    int windows,
    Seconds seconds,
    @JsonProperty("seconds_per_edit") double secondsPerEdit,
    @JsonProperty("peak_rss_bytes") long peakRssBytes,
    @JsonProperty("result_digest") String resultDigest,
    Export.Outcome export,
    List<Refusal> rejections) {

  /** Copies the list. */
  public EditReport {
    Objects.requireNonNull(recipe, "recipe");
    rejections = List.copyOf(rejections);
  }

  /** Wall seconds by phase. */
  public record Seconds(double total, double targets, double keys, double solve, double apply) {
    /** From wall times. */
    public static Seconds of(PhaseTimes times) {
      return new Seconds(
          seconds(times.total()),
          seconds(times.targets()),
          seconds(times.keys()),
          seconds(times.solve()),
          seconds(times.apply()));
    }

    private static double seconds(Duration duration) {
      return duration.toNanos() / 1e9;
    }
  }

  /**
   * A refused fact.
   *
   * @param fact subject|relation
   * @param reason code
   * @param detail one line
   */
  public record Refusal(String fact, String reason, String detail) {}

  static EditReport of(
      EditRecipe recipe,
      int edits,
      List<Refusal> rejections,
      int windows,
      PhaseTimes times,
      String digest,
      Export.Outcome export) {
    Seconds seconds = Seconds.of(times);
    double each = edits == 0 ? 0 : seconds.total() / edits;
    return new EditReport(
        recipe,
        edits,
        rejections.size(),
        windows,
        seconds,
        each,
        new ProcessMemory().peak(),
        digest,
        export,
        rejections);
  }
}
