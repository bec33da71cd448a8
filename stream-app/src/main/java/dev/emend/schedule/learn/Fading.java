package dev.emend.schedule.learn;

/**
 * How older facts hold when they are asked again: the share right after the last consolidation
 * against the share of late, each with a beta posterior. Not thread-safe.
 */
public final class Fading {
  private static final String NAME = "fading";
  private static final int FIRST_WINDOWS = 3;
  private static final double KEEP = 0.8;
  private static final double NOT_ASKED = -1;

  private double windows;
  private double unanswered = NOT_ASKED;
  private double freshHits;
  private double freshAsked;
  private double lateHits;
  private double lateAsked;

  /** Nothing was asked yet. */
  Fading() {}

  void observe(Share retest) {
    windows++;
    if (unanswered != NOT_ASKED) {
      unanswered++;
    }
    if (!retest.known()) {
      return;
    }
    if (windows <= FIRST_WINDOWS) {
      freshHits += retest.hits();
      freshAsked += retest.asked();
    }
    lateHits = KEEP * lateHits + retest.hits();
    lateAsked = KEEP * lateAsked + retest.asked();
  }

  void consolidated() {
    windows = 0;
    unanswered = NOT_ASKED;
    freshHits = 0;
    freshAsked = 0;
    lateHits = 0;
    lateAsked = 0;
  }

  /** A consolidation was asked for; the worker works on it when it has time. */
  void asked() {
    unanswered = 0;
  }

  /** The worker has begun anew: what it was asked for is forgotten. */
  void forgotten() {
    unanswered = NOT_ASKED;
  }

  /** Windows since the last consolidation, or since the beginning. */
  public int windows() {
    return (int) windows;
  }

  /**
   * Windows of which the last request for a consolidation knew nothing: those since that request,
   * if it was not answered, else those since the last consolidation.
   */
  public int unasked() {
    return (int) (unanswered == NOT_ASKED ? windows : unanswered);
  }

  /**
   * By how much the share has surely fallen: the difference of the posterior means, less its
   * deviation times the 95 % quantile. Negative if nothing can be said.
   */
  public double surelyFallen() {
    double fresh = mean(freshHits, freshAsked);
    double late = mean(lateHits, lateAsked);
    double deviation = Math.sqrt(variance(freshHits, freshAsked) + variance(lateHits, lateAsked));
    return fresh - late - Quantile.NORMAL * deviation;
  }

  private static double mean(double hits, double asked) {
    return (hits + 1) / (asked + 2);
  }

  private static double variance(double hits, double asked) {
    double mean = mean(hits, asked);
    return mean * (1 - mean) / (asked + 3);
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, windows, freshHits, freshAsked, lateHits, lateAsked, unanswered);
  }

  void load(LearnedState from) {
    from.find(NAME, 6)
        .ifPresent(
            saved -> {
              windows = saved[0];
              freshHits = saved[1];
              freshAsked = saved[2];
              lateHits = saved[3];
              lateAsked = saved[4];
              unanswered = saved[5];
            });
  }
}
