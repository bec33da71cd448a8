package dev.emend.memit;

import dev.emend.linalg.GramInverse;

/**
 * When a layer's inverse is factored anew from the standing keys: every step on it costs digits,
 * the more the worse A is conditioned.
 *
 * @param steps steps after which it is due whatever its condition, at least 1
 * @param error estimated relative error from which on it is due, above 0
 */
record RefactorPolicy(int steps, double error) {
  /** After 256 steps, or once the sixth digit of a gain may be wrong. */
  static final RefactorPolicy DEFAULT = new RefactorPolicy(256, 1e-6);

  private static final double GROWTH = 16;

  RefactorPolicy {
    if (steps < 1 || !(error > 0)) {
      throw new IllegalArgumentException("refactor after " + steps + " steps, error " + error);
    }
  }

  /**
   * Whether to factor anew after a step. An A so ill-conditioned that even a fresh factor is near
   * or beyond the limit is not factored at every step for nothing, but once its error has grown
   * sixteenfold.
   */
  boolean due(GramInverse inverse, int stepsSince, double errorWhenFresh) {
    return stepsSince >= steps
        || inverse.errorEstimate() > Math.max(error, GROWTH * errorWhenFresh);
  }
}
