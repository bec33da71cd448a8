package dev.emend.admission;

import java.util.Optional;

/**
 * What an account may still say: a bucket that holds a minute's facts and fills evenly. Counts in
 * whole numbers, so that the same facts at the same instants always fare alike. Immutable.
 *
 * @param rate how fast it fills and how much it holds
 * @param units what is in it
 * @param at instant up to which it was filled, ms
 */
public record Allowance(Rate rate, long units, long at) {
  private static final long MINUTE = 60_000;

  /**
   * How fast a bucket fills.
   *
   * @param factsPerMinute over all shares, at least 1
   * @param shares buckets among which that is divided evenly, at least 1
   */
  public record Rate(int factsPerMinute, int shares) {
    /** Refuses numbers below 1. */
    public Rate {
      if (factsPerMinute < 1 || shares < 1) {
        throw new IllegalArgumentException(factsPerMinute + " facts a minute, shares: " + shares);
      }
    }

    private long fact() {
      return MINUTE * shares;
    }

    /** A share of less than a fact still holds one, now and then. */
    private long full() {
      return Math.max(fact(), MINUTE * factsPerMinute);
    }
  }

  /** A full bucket. */
  public static Allowance full(Rate rate, long at) {
    return new Allowance(rate, rate.full(), at);
  }

  /** The same later; an earlier instant changes nothing, for time does not run backwards. */
  public Allowance at(long instant) {
    long later = Math.max(at, instant);
    long passed = Math.min(later - at, rate.fact()); // fills any bucket
    return new Allowance(
        rate, Math.min(rate.full(), units + passed * rate.factsPerMinute()), later);
  }

  /** What is left after one more fact; empty if that is too many. */
  public Optional<Allowance> spend() {
    return units < rate.fact()
        ? Optional.empty()
        : Optional.of(new Allowance(rate, units - rate.fact(), at));
  }
}
