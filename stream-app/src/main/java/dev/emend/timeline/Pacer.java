package dev.emend.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Decides when an instant of the timeline is played. Not thread-safe. */
interface Pacer {
  /** As fast as possible. */
  Pacer NONE = at -> {};

  /** Returns when it is time to play what happened at the instant. */
  void reach(Instant at) throws InterruptedException;

  /** Waits for some time. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Plays so many days of the timeline each second, from the first instant that is asked for.
   *
   * @param days above 0
   */
  static Pacer daysPerSecond(double days, InstantSource clock, Sleeper sleeper) {
    return new Steady(days, clock, sleeper);
  }

  /** Plays at one speed. */
  final class Steady implements Pacer {
    private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

    private final double days;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private @Nullable Instant begin;
    private Instant first = Instant.EPOCH;

    private Steady(double days, InstantSource clock, Sleeper sleeper) {
      this.days = days;
      this.clock = clock;
      this.sleeper = sleeper;
    }

    @Override
    public void reach(Instant at) throws InterruptedException {
      if (begin == null) {
        begin = clock.instant();
        first = at;
      }
      double seconds = Duration.between(first, at).toMillis() / MILLIS_PER_DAY / days;
      Duration rest =
          Duration.between(clock.instant(), begin.plusMillis(Math.round(seconds * 1000)));
      if (rest.compareTo(Duration.ZERO) > 0) {
        sleeper.sleep(rest);
      }
    }
  }
}
