package dev.emend.schedule.learn;

/**
 * How far windows may grow before larger ones were ever tried: twice the largest that went well.
 * Not thread-safe.
 */
public final class Growth {
  private static final String NAME = "growth";
  private int proven;

  /** Nothing was tried yet. */
  Growth() {}

  /** A window of that size met its floors or did not. */
  void observe(int facts, boolean well) {
    if (well) {
      proven = Math.max(proven, facts);
    } else if (facts <= proven) {
      proven = Math.max(1, facts / 2);
    }
  }

  /** The largest window that went well; 0 if none did. */
  public int proven() {
    return proven;
  }

  /**
   * The largest window to try.
   *
   * @param first the largest while nothing has gone well yet
   */
  public int most(int first) {
    return Math.max(first, (int) Math.min(Integer.MAX_VALUE, 2L * proven));
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, proven);
  }

  void load(LearnedState from) {
    from.find(NAME, 1).ifPresent(saved -> proven = (int) saved[0]);
  }
}
