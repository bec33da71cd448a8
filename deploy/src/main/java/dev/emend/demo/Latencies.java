package dev.emend.demo;

import java.time.Duration;
import java.util.List;

/**
 * Times from publishing to serving.
 *
 * @param sorted ascending
 */
public record Latencies(List<Duration> sorted) {
  /** Copies the list. */
  public Latencies {
    sorted = List.copyOf(sorted);
  }

  /** Latencies in any order. */
  static Latencies of(List<Duration> latencies) {
    return new Latencies(latencies.stream().sorted().toList());
  }

  /** The least time within which the share of the events was served, seconds; NaN for no events. */
  public double seconds(double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1)).toMillis() / 1e3;
  }
}
