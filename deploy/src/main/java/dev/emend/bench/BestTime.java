package dev.emend.bench;

import java.time.Duration;

/** Times work that is repeated; the fastest run is the one that others disturbed least. */
final class BestTime {
  private static final int LEAST_RUNS = 5;

  private BestTime() {}

  /** Seconds of the fastest run of at least five, and of as many as {@code enough} allows. */
  static double seconds(Duration enough, Runnable work) {
    long end = System.nanoTime() + enough.toNanos();
    long best = Long.MAX_VALUE;
    for (int run = 0; run < LEAST_RUNS || System.nanoTime() < end; run++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1e9;
  }
}
