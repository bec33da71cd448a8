package dev.emend.schedule.learn;

/**
 * Seconds from closing a window to the start of its edit when the worker has nothing else to do:
 * committing and fetching. Not thread-safe.
 */
public final class Transit {
  private static final String NAME = "transit";
  private static final double KEEP = 0.9;
  private static final double MOST = 5;

  private double seconds = 0.1;

  /** A tenth of a second until something is seen. */
  Transit() {}

  /** A window reached an idle worker after so many seconds; clocks may differ. */
  void observe(double measured) {
    if (Double.isFinite(measured)) {
      seconds = KEEP * seconds + (1 - KEEP) * Math.max(0, Math.min(MOST, measured));
    }
  }

  /** What is expected of the next. */
  public double seconds() {
    return seconds;
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, seconds);
  }

  void load(LearnedState from) {
    from.find(NAME, 1).ifPresent(saved -> seconds = saved[0]);
  }
}
