package dev.emend.sink;

import java.time.Duration;

/**
 * How long to try to reach somebody.
 *
 * @param attempts at least 1
 * @param pause before the second attempt; doubles with each
 * @param timeout of one attempt
 */
public record Patience(int attempts, Duration pause, Duration timeout) {
  /** About a minute in all. */
  public static final Patience DEFAULT =
      new Patience(6, Duration.ofSeconds(2), Duration.ofSeconds(30));

  /** Refuses to try never. */
  public Patience {
    if (attempts < 1 || pause.isNegative() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("at least one attempt, and time for it");
    }
  }
}
