package dev.emend.schedule.learn;

/**
 * A predicted quantity with its interval, in the unit of the quantity.
 *
 * @param mean what is expected
 * @param low 19 of 20 lie above it
 * @param high 19 of 20 lie below it
 */
public record Estimate(double mean, double low, double high) {

  /** Refuses an interval that does not hold its mean. */
  public Estimate {
    if (!(low <= mean && mean <= high)) {
      throw new IllegalArgumentException("%s is not within %s and %s".formatted(mean, low, high));
    }
  }

  /** All of it times a factor above 0. */
  Estimate times(double factor) {
    return new Estimate(mean * factor, low * factor, high * factor);
  }
}
