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

  private final Deque<Instant> arrivals = new ArrayDeque<>();

  void add(Instant arrival) {
    arrivals.addLast(arrival);
    if (arrivals.size() > MOST) {
      arrivals.removeFirst();
    }
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
      gaps[i] = Math.max(0, Duration.between(before, next).toNanos() / 1e9);
      before = next;
    }
    return gaps;
  }
}
