package dev.emend.schedule.simulate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One way to schedule a pattern.
 *
 * @param name what it is called
 * @param runs one for each seed
 */
public record Candidate(String name, List<Run> runs) {

  /** Copies the runs. */
  public Candidate {
    runs = List.copyOf(runs);
  }

  /**
   * One run.
   *
   * @param p50 median of the seconds from publishing a fact to its version
   * @param p99 what 99 of 100 facts do not exceed
   * @param throughput facts a second
   * @param windows windows closed
   * @param broken windows that were expected to miss a floor of the effect, or to need more memory
   *     than there is, by what is true of the worker
   */
  public record Run(double p50, double p99, double throughput, int windows, int broken) {}

  /** Share of the windows that broke a floor or the budget. */
  public double broken() {
    return mean(Run::broken) / Math.max(1, windows());
  }

  /** Mean over the seeds. */
  public double p50() {
    return mean(Run::p50);
  }

  /** Mean over the seeds. */
  public double p99() {
    return mean(Run::p99);
  }

  /** Mean over the seeds. */
  public double throughput() {
    return mean(Run::throughput);
  }

  /** Mean over the seeds. */
  public double windows() {
    return mean(Run::windows);
  }

  private double mean(ToDoubleFunction<Run> of) {
    return runs.stream().mapToDouble(of).average().orElseThrow();
  }
}
