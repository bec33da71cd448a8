package dev.emend.schedule;

import dev.emend.schedule.learn.WindowCost;

/**
 * Plays one pace through the near future: the facts that wait now, then arrivals as they were of
 * late. Immutable.
 */
final class Rollout {
  private static final double MEAN_COUNTS = 0.05;

  private final double[] arrivals;
  private final WindowCost cost;
  private final double transit;
  private final double busy;

  /**
   * A future.
   *
   * @param arrivals seconds from now at which facts come, ascending; negative for those that wait
   * @param cost what a window takes
   * @param transit seconds from closing a window to the start of its edit
   * @param busy seconds from now during which the worker has something to do
   */
  Rollout(double[] arrivals, WindowCost cost, double transit, double busy) {
    this.arrivals = arrivals.clone();
    this.cost = cost;
    this.transit = transit;
    this.busy = busy;
  }

  /**
   * How late facts become with this pace, seconds from arrival to the end of the edit: the mean of
   * order 16, which follows the latest few of a hundred, and a little of the ordinary mean, which
   * decides between equals.
   */
  double lateness(int facts, double linger) {
    double sum = 0;
    double powers = 0;
    double free = busy;
    int next = 0;
    while (next < arrivals.length) {
      double close = closing(next, facts, linger, free);
      int end = next + 1;
      while (end < arrivals.length && end - next < facts && arrivals[end] <= close) {
        end++;
      }
      free = Math.max(close + transit, free) + cost.seconds(end - next);
      for (; next < end; next++) {
        double late = free - arrivals[next];
        sum += late;
        powers += power16(late);
      }
    }
    int count = Math.max(1, arrivals.length);
    return Math.pow(powers / count, 1.0 / 16) + MEAN_COUNTS * sum / count;
  }

  /** When the worker is about to be free, and the first fact has waited or the window is full. */
  private double closing(int first, int facts, double linger, double free) {
    double waited = arrivals[first] + linger;
    int last = first + facts - 1;
    double full = last < arrivals.length ? arrivals[last] : Double.POSITIVE_INFINITY;
    return Math.max(Math.max(0, free - transit), Math.min(waited, full));
  }

  private static double power16(double value) {
    double square = value * value;
    double fourth = square * square;
    double eighth = fourth * fourth;
    return eighth * eighth;
  }
}
