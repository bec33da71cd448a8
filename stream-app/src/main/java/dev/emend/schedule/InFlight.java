package dev.emend.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The windows that the worker has not answered for, and when it should. Not thread-safe. */
final class InFlight {
  private final TreeMap<Long, Window> windows = new TreeMap<>();
  private Instant lastFinish = Instant.MIN;

  /**
   * A window on its way.
   *
   * @param shape its size
   * @param closed when it was closed
   * @param seconds expected time of the edit; negative if unknown
   * @param direct whether the worker had nothing else to do
   */
  record Window(WindowShape shape, Instant closed, double seconds, boolean direct) {}

  void add(long sequence, WindowShape shape, Instant closed, double seconds) {
    windows.put(sequence, new Window(shape, closed, seconds, windows.isEmpty()));
  }

  /** The window is answered for, and so are those before it. */
  Optional<Window> finish(long sequence, Instant now) {
    Window found = windows.get(sequence);
    windows.headMap(sequence, true).clear();
    lastFinish = now;
    return Optional.ofNullable(found);
  }

  /** Whether a consolidation is on its way. */
  boolean consolidating() {
    return windows.values().stream().anyMatch(window -> window.shape().facts() == 0);
  }

  void forgetAll() {
    windows.clear();
  }

  /**
   * When the worker should be free; empty if that is unknown.
   *
   * @param outstanding windows that it was given according to its owner
   * @param transit seconds from closing a window to the start of its edit
   */
  Optional<Instant> free(int outstanding, double transit) {
    if (outstanding != windows.size()) {
      return Optional.empty(); // some were closed before a restart
    }
    Instant free = lastFinish;
    for (Map.Entry<Long, Window> entry : windows.entrySet()) {
      Window window = entry.getValue();
      if (window.seconds() < 0) {
        return Optional.empty();
      }
      Instant arrived = window.closed().plus(seconds(transit));
      free = (arrived.isAfter(free) ? arrived : free).plus(seconds(window.seconds()));
    }
    return Optional.of(free);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
