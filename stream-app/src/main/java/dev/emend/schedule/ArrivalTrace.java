package dev.emend.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** When the last facts of a model came: the best guess of how the next will. Not thread-safe. */
final class ArrivalTrace {
  private static final int MOST = 256;
  private static final Duration OLDEST = Duration.ofMinutes(2);

  /** Longer than bursts: what comes in the long run, seconds. */
  private static final double RATE_SECONDS = 120;

  private final Deque<Instant> arrivals = new ArrayDeque<>();
  private double counted;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  void add(Instant arrival) {
    counted = counted(arrival) + 1;
    first = arrival.isBefore(first) ? arrival : first;
    last = arrival;
    arrivals.addLast(arrival);
    if (arrivals.size() > MOST) {
      arrivals.removeFirst();
    }
  }

  /** Facts a second in the long run, the last minutes counting most. */
  double rate(Instant now) {
    double seen = first.isBefore(now) ? seconds(first, now) : 0;
    return counted(now) / (RATE_SECONDS * -Math.expm1(-Math.max(1, seen) / RATE_SECONDS));
  }

  private double counted(Instant now) {
    return counted == 0 ? 0 : counted * Math.exp(-seconds(last, now) / RATE_SECONDS);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
  }

  /** Seconds between one arrival and the next, the oldest first; arrivals long ago left out. */
  double[] gaps(Instant now) {
    Instant horizon = now.minus(OLDEST);
    while (!arrivals.isEmpty() && arrivals.peekFirst().isBefore(horizon)) {
      arrivals.removeFirst();
    }
    double[] gaps = new double[Math.max(0, arrivals.size() - 1)];
    Iterator<Instant> times = arrivals.iterator();
    Instant before = times.hasNext() ? times.next() : now;
    for (int i = 0; i < gaps.length; i++) {
      Instant next = times.next();
      gaps[i] = seconds(before, next);
      before = next;
    }
    return gaps;
  }
}
