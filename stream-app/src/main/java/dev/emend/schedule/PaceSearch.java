package dev.emend.schedule;

import dev.emend.schedule.learn.WindowCost;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * Finds the size and the linger under which the facts of the near future are least late, by trying
 * them on what is known: what waits, how facts came of late, what windows cost. Where a window
 * costs hardly more than its facts, small ones are best, because nobody waits for the others; where
 * it costs much, or facts come faster than small windows go, large ones are. Immutable.
 */
final class PaceSearch {
  private static final int MOST_WAITING = 256;
  private static final int FEWEST_GAPS = 8;
  private static final double[] LINGERS = {0, 0.25, 0.5, 1};
  private static final double STEP = 1.4;

  private static final double SLACK = 0.35;

  /** A change of pace must promise this much. */
  private static final double GAIN = 0.99;

  private final Duration longestLinger;

  PaceSearch(Duration longestLinger) {
    this.longestLinger = longestLinger;
  }

  /**
   * What the worker is known to take.
   *
   * @param cost of a window
   * @param transit seconds from closing a window to the start of its edit
   * @param busy seconds for which the worker has something to do yet
   */
  record Worker(WindowCost cost, double transit, double busy) {}

  /**
   * The best pace.
   *
   * @param present pace of the moment; stays unless another promises clearly more
   * @param most the largest window allowed
   */
  Pace best(
      Pace present, int most, Backlog backlog, ArrivalTrace trace, Worker worker, Instant now) {
    double[] gaps = trace.gaps(now);
    boolean flooded = backlog.ready() > MOST_WAITING; // whatever comes next, this must go
    boolean alone = gaps.length < FEWEST_GAPS && backlog.ready() <= 1; // nobody keeps company
    if (flooded || alone) {
      return new Pace(most, Duration.ZERO);
    }
    double[] arrivals = arrivals(backlog, gaps, now);
    Rollout rollout = new Rollout(arrivals, worker.cost(), worker.transit(), worker.busy());
    return best(present, least(trace.rate(now), worker.cost(), most), most, rollout);
  }

  /**
   * The smallest window to consider. What windows cost beside their facts may take only a part of
   * the time that the facts leave: the closer a worker is to its limit, the longer a queue takes to
   * go, and the future that is tried here is too short to show it.
   */
  private static int least(double rate, WindowCost cost, int most) {
    double slack = SLACK * (1 - rate * cost.perFact());
    double facts = rate * cost.perWindow() / slack;
    return slack <= 0 || facts > most ? most : Math.max(1, (int) Math.ceil(facts));
  }

  private Pace best(Pace present, int fewest, int most, Rollout rollout) {
    int kept = Math.max(fewest, Math.min(present.facts(), most));
    Pace best = new Pace(kept, present.linger());
    double least = GAIN * lateness(rollout, best);
    for (int facts = most; facts >= fewest; facts = smaller(facts)) {
      for (double share : LINGERS) {
        Pace candidate = new Pace(facts, millis(share));
        double late = lateness(rollout, candidate);
        if (late < least) {
          best = candidate;
          least = late;
        }
      }
    }
    return best;
  }

  /** The next size to try; 0 after 1. */
  private static int smaller(int facts) {
    return Math.min(facts - 1, (int) Math.round(facts / STEP));
  }

  private Duration millis(double share) {
    return Duration.ofMillis(Math.round(share * longestLinger.toMillis()));
  }

  private static double lateness(Rollout rollout, Pace pace) {
    return rollout.lateness(pace.facts(), pace.linger().toNanos() / 1e9);
  }

  /** Those that wait, then as many as the trace has. */
  private static double[] arrivals(Backlog backlog, double[] gaps, Instant now) {
    double[] arrivals = new double[backlog.ready() + gaps.length];
    int count = 0;
    double last = Double.NEGATIVE_INFINITY;
    for (Iterator<Instant> waiting = backlog.waitingSince().iterator(); waiting.hasNext(); ) {
      double since = -Duration.between(waiting.next(), now).toNanos() / 1e9;
      last = Math.max(last, since); // one that took an older turn keeps it
      arrivals[count++] = Math.min(0, last);
    }
    double time = 0;
    // Backwards: what comes next is most like what came last.
    for (int i = gaps.length - 1; i >= 0; i--) {
      time += gaps[i];
      arrivals[count++] = time;
    }
    return arrivals;
  }
}
