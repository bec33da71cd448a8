package dev.emend.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emend.evaluate.EditReport.Seconds;
import java.util.List;

/**
 * The published algorithm against ours on one model in one run; the names are those of its JSON
 * form.
 *
 * @param model folder
 * @param parameters in the model's own numbers, of its fast mode
 * @param loadAverage of the machine at the start, over one minute; negative if unknown
 * @param productGflops measured rate of large fp32 products with the same threads
 * @param results a line a window
 */
public record EditBenchReport(
    String model,
    String parameters,
    @JsonProperty("load_average") double loadAverage,
    @JsonProperty("gemm_gflops") double productGflops,
    List<Line> results) {
  /** Copies the list. */
  public EditBenchReport {
    results = List.copyOf(results);
  }

  /**
   * One window.
   *
   * @param window facts edited together
   * @param referenceEditsTimed facts whose published search was timed; where fewer than the window,
   *     the seconds of its targets are scaled
   * @param reference seconds of the published algorithm
   * @param emend seconds of ours in exact mode
   * @param fast seconds of ours in fast mode
   * @param oneStep seconds of ours with one-step targets
   * @param peakReference highest resident bytes of the process meanwhile
   * @param peakEmend the same
   * @param peakFast the same
   * @param ratio reference total over ours
   * @param ratioFast reference total over fast mode
   * @param ratioOneStep reference total over that with one-step targets
   * @param targetDistance largest relative distance of a timed published target from ours
   * @param targetGflop operations of the exact steps' products, counted
   * @param productShare part of the measured rate of products that the exact targets reach
   */
  public record Line(
      int window,
      @JsonProperty("reference_edits_timed") int referenceEditsTimed,
      @JsonProperty("seconds_reference") Seconds reference,
      @JsonProperty("seconds_emend") Seconds emend,
      @JsonProperty("seconds_fast") Seconds fast,
      @JsonProperty("seconds_one_step") Seconds oneStep,
      @JsonProperty("peak_bytes_reference") long peakReference,
      @JsonProperty("peak_bytes_emend") long peakEmend,
      @JsonProperty("peak_bytes_fast") long peakFast,
      double ratio,
      @JsonProperty("ratio_fast") double ratioFast,
      @JsonProperty("ratio_one_step") double ratioOneStep,
      @JsonProperty("z_distance") double targetDistance,
      @JsonProperty("targets_gflop") double targetGflop,
      @JsonProperty("targets_share_of_gemm_rate") double productShare) {}
}
