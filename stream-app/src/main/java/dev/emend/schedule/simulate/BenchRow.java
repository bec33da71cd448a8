package dev.emend.schedule.simulate;

/**
 * How the scheduler did on one pattern.
 *
 * @param pattern how facts came
 * @param calibrated the scheduler that starts from the calibration
 * @param cold the scheduler that starts knowing nothing
 * @param size the fixed size of least p99
 * @param time the fixed time of least p99
 * @param fastest highest throughput of anything fixed, facts a second
 */
public record BenchRow(
    Pattern pattern,
    Candidate calibrated,
    Candidate cold,
    Candidate size,
    Candidate time,
    double fastest) {

  /** p99 of the scheduler over that of the best that is fixed: 1.1 is ten percent worse. */
  public double latencyRatio() {
    return calibrated.p99() / Math.min(size.p99(), time.p99());
  }

  /** Throughput of the scheduler over the highest of anything fixed. */
  public double throughputRatio() {
    return calibrated.throughput() / fastest;
  }
}
