package dev.emend.worker;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Decides which commits of a worker are its last: a seeded share of them ends, after a few records,
 * as by {@code kill -9}. Thread-safe.
 */
public final class CommitDoom {
  /** What the process exits with. */
  public static final int EXIT = 86;

  private static final int MOST_SENDS = 12;

  private final Random random;
  private final double share;

  /**
   * A doom.
   *
   * @param share of the commits that are not survived, 0 to 1
   */
  public CommitDoom(long seed, double share) {
    // Seeds come from process ids: neighbours, with which Random begins nearly alike.
    this.random = new Random(new SplittableRandom(seed).nextLong());
    this.share = share;
  }

  /** Records that the next commit may send before the process ends; many if it survives. */
  synchronized int patience() {
    return random.nextDouble() < share ? 1 + random.nextInt(MOST_SENDS) : Integer.MAX_VALUE;
  }

  /** Ends the process as the kernel would: no hook, no flush, no goodbye. */
  static void strike() {
    Runtime.getRuntime().halt(EXIT);
  }
}
