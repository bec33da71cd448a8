package dev.emend.worker;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How the re-tests of older facts develop: the mean of the last few windows against the best such
 * mean so far. Not thread-safe.
 */
final class RetestTrend {
  private static final int WINDOWS = 8;

  private final Deque<Double> last = new ArrayDeque<>();
  private double best;

  /** Notes the share of older facts that a window's re-test found holding. */
  void add(double share) {
    last.addLast(share);
    if (last.size() > WINDOWS) {
      last.removeFirst();
    }
    best = Math.max(best, mean());
  }

  /** Forgets everything. */
  void reset() {
    last.clear();
    best = 0;
  }

  /** How far the mean is below the best; 0 before there are enough windows. */
  double fall() {
    return last.size() < WINDOWS ? 0 : best - mean();
  }

  private double mean() {
    return last.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
