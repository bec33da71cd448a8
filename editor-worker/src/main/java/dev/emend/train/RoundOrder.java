package dev.emend.train;

import java.util.SplittableRandom;

/**
 * The order in which exposures go through the facts: round after round, each a random permutation
 * that depends on the seed and the round alone. Not thread-safe.
 */
final class RoundOrder {
  private final int facts;
  private final long seed;
  private long round = -1;
  private int[] permutation = new int[0];

  RoundOrder(int facts, long seed) {
    this.facts = facts;
    this.seed = seed;
  }

  /** The fact of an exposure, both counted from 0. */
  int at(long exposure) {
    long wanted = exposure / facts;
    if (wanted != round) {
      permutation = permutation(wanted);
      round = wanted;
    }
    return permutation[(int) (exposure % facts)];
  }

  private int[] permutation(long wanted) {
    SplittableRandom random = new SplittableRandom(seed ^ (wanted * 0x9E3779B97F4A7C15L));
    int[] order = new int[facts];
    for (int i = 0; i < facts; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
