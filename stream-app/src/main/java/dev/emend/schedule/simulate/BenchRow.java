package dev.emend.schedule.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the scheduler did on one pattern.
 *
 * @param pattern how facts came
 * @param calibrated the scheduler that starts from the calibration
 * @param cold the scheduler that starts knowing nothing
 * @param size the fair fixed size of least p99; empty if none is fair
 * @param time the fair fixed time of least p99; empty if none is fair
 * @param fastest highest throughput of anything fixed, facts a second
 */
public record BenchRow(
    Pattern pattern,
    Candidate calibrated,
    Candidate cold,
    Optional<Candidate> size,
    Optional<Candidate> time,
    double fastest) {

  /** p99 of the scheduler over that of the best that is fixed: 1.1 is ten percent worse. */
  public double latencyRatio() {
    return calibrated.p99() / best().p99();
  }

  /** The same for each seed, ascending; the best is the best of all seeds together. */
  public List<Double> latencyRatios() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < calibrated.runs().size(); i++) {
      ratios.add(calibrated.runs().get(i).p99() / best().runs().get(i).p99());
    }
    ratios.sort(null);
    return ratios;
  }

  /** What is fixed and has the least p99. */
  public Candidate best() {
    return Stream.of(size, time)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(Candidate::p99))
        .orElseThrow();
  }

  /** Throughput of the scheduler over the highest of anything fixed. */
  public double throughputRatio() {
    return calibrated.throughput() / fastest;
  }
}
