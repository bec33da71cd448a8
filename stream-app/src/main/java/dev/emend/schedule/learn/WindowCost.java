package dev.emend.schedule.learn;

/**
 * The time of a window as a straight line.
 *
 * @param perWindow seconds that a window costs whatever is in it, at least 0
 * @param perFact seconds that each fact adds, at least 0
 */
public record WindowCost(double perWindow, double perFact) {

  /** Refuses negative times. */
  public WindowCost {
    if (!(perWindow >= 0 && perFact >= 0)) {
      throw new IllegalArgumentException(
          "no window costs %s s and %s s a fact".formatted(perWindow, perFact));
    }
  }

  /** Seconds of a window of so many facts. */
  public double seconds(int facts) {
    return perWindow + perFact * facts;
  }
}
