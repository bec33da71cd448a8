package dev.emend.schedule.simulate;

import java.util.Arrays;
import java.util.Random;

/** How facts come, relative to what the worker can do with the largest windows. */
public enum Pattern {
  /** Now and then one: a fiftieth of the capacity. */
  TRICKLE(0.02),
  /** At random, 30 % of the capacity. */
  STEADY_30(0.3),
  /** At random, 60 %. */
  STEADY_60(0.6),
  /** At random, 90 %. */
  STEADY_90(0.9),
  /** About sixty facts within a second, then nothing for a while; 30 % on average. */
  BURSTS(0.3),
  /** Ten times the capacity for 3 % of the time, 30 % before and after. */
  OVERLOAD(0.591),
  /** From nothing to 90 % and back, twice. */
  DAILY(0.45),
  /** 40 % of the capacity; halfway the worker becomes half as fast. */
  SLOWDOWN(0.4);

  private static final double BURST_FACTS = 60;
  private static final double BURST_SECONDS = 1;

  private final double load;

  Pattern(double load) {
    this.load = load;
  }

  /** The share of its speed that the worker has at this share of the time. */
  double speed(double share) {
    return this == SLOWDOWN && share >= 0.5 ? 0.5 : 1;
  }

  /** How long about so many facts take to come, seconds. */
  double seconds(int facts, double capacity) {
    return facts / (load * capacity);
  }

  /**
   * Draws arrivals.
   *
   * @param capacity facts a second
   * @param seconds length
   * @return seconds from the beginning, ascending
   */
  double[] arrivals(double capacity, double seconds, Random random) {
    return this == BURSTS
        ? bursts(load * capacity, seconds, random)
        : thinned(capacity, seconds, random);
  }

  /** A Poisson process of the highest rate, thinned to the rate of each moment. */
  private double[] thinned(double capacity, double seconds, Random random) {
    double highest = this == OVERLOAD ? 10 * capacity : capacity;
    double[] arrivals = new double[16];
    int count = 0;
    for (double t = gap(highest, random); t < seconds; t += gap(highest, random)) {
      if (random.nextDouble() * highest < capacity * rate(t / seconds)) {
        arrivals = count == arrivals.length ? Arrays.copyOf(arrivals, 2 * count) : arrivals;
        arrivals[count++] = t;
      }
    }
    return Arrays.copyOf(arrivals, count);
  }

  private double rate(double share) {
    return switch (this) {
      case OVERLOAD -> share >= 0.1 && share < 0.13 ? 10 : 0.3;
      case DAILY -> 0.45 - 0.45 * Math.cos(4 * Math.PI * share);
      default -> load;
    };
  }

  private static double[] bursts(double rate, double seconds, Random random) {
    double[] arrivals = new double[16];
    int count = 0;
    double every = BURST_FACTS / rate;
    for (double begin = gap(1 / every, random);
        begin + BURST_SECONDS < seconds;
        begin += BURST_SECONDS + gap(1 / every, random)) {
      int facts = (int) Math.round(BURST_FACTS * (0.5 + random.nextDouble()));
      for (int i = 0; i < facts; i++) {
        arrivals = count == arrivals.length ? Arrays.copyOf(arrivals, 2 * count) : arrivals;
        arrivals[count++] = begin + BURST_SECONDS * random.nextDouble();
      }
    }
    double[] sorted = Arrays.copyOf(arrivals, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double gap(double rate, Random random) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }
}
