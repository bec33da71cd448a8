package dev.emend.schedule.simulate;

import java.util.PriorityQueue;

/** What happens when, in simulated nanoseconds; simultaneous events in the order of their entry. */
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long entries;
  private long now;

  private record Event(long at, long entry, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(entry, other.entry) : Long.compare(at, other.at);
    }
  }

  void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(now, nanos), entries++, action));
  }

  long now() {
    return now;
  }

  /** Lets everything happen. */
  void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      now = next.at();
      next.action().run();
    }
  }
}
