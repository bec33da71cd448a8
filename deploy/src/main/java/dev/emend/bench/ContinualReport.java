package dev.emend.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a long stream of windows went; the names are those of its JSON form.
 *
 * @param facts standing in the end
 * @param first the fifth window and its neighbours
 * @param last the last window and its neighbours
 * @param secondsRatio processor seconds of the last by those of the first: wall time on a busy
 *     machine says more about its other work
 * @param residentRatio likewise of resident memory
 * @param factored windows after which a layer's inverse was factored anew from the ledger
 * @param kept what keeping ledger and key memory costs
 * @param consolidation seconds to derive all standing facts anew from the base weights
 * @param windows all of them
 */
public record ContinualReport(
    int facts,
    Stretch first,
    Stretch last,
    @JsonProperty("seconds_ratio") double secondsRatio,
    @JsonProperty("resident_ratio") double residentRatio,
    @JsonProperty("factored_after") List<Integer> factored,
    Kept kept,
    @JsonProperty("consolidation_seconds") double consolidation,
    List<Window> windows) {
  /** Copies the lists. */
  public ContinualReport {
    factored = List.copyOf(factored);
    windows = List.copyOf(windows);
  }

  static ContinualReport of(ContinualTrace trace, int facts, Kept kept, double consolidation) {
    Stretch first = trace.first();
    Stretch last = trace.last();
    return new ContinualReport(
        facts,
        first,
        last,
        last.cpu() / first.cpu(),
        (double) last.resident() / first.resident(),
        trace.factored(),
        kept,
        consolidation,
        trace.windows());
  }

  /**
   * One window.
   *
   * @param number from 1
   * @param seconds wall time
   * @param cpu seconds of all processors
   * @param resident memory of the process after it, bytes
   * @param reciprocalCondition smallest of the layers' matrices, when last factored
   * @param error estimated relative error of the worst inverse after it
   */
  public record Window(
      int number,
      double seconds,
      @JsonProperty("cpu_seconds") double cpu,
      @JsonProperty("resident_bytes") long resident,
      @JsonProperty("reciprocal_condition") double reciprocalCondition,
      @JsonProperty("estimated_error") double error) {}

  /**
   * Some windows in a row.
   *
   * @param from first of them, from 1
   * @param to last of them
   * @param seconds median of their wall times
   * @param cpu median of the processor time that the process took for each, seconds
   * @param resident median of the process's resident memory after each, bytes
   */
  public record Stretch(
      int from,
      int to,
      double seconds,
      @JsonProperty("cpu_seconds") double cpu,
      @JsonProperty("resident_bytes") long resident) {}

  /**
   * Keeping state from one run to the next.
   *
   * @param bytes of both files
   * @param save seconds to write them
   * @param load seconds to read, check and take them over
   * @param factor seconds to compute the key memory from the ledger instead
   */
  public record Kept(
      long bytes,
      @JsonProperty("save_seconds") double save,
      @JsonProperty("load_seconds") double load,
      @JsonProperty("factor_seconds") double factor) {}
}
