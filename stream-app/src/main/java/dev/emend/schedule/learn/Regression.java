package dev.emend.schedule.learn;

import java.util.Arrays;

/**
 * Bayesian linear regression with forgetting: {@code y = x^T beta + noise}, coefficients and noise
 * unknown (normal-inverse-gamma), no coefficient negative. An observation of weight w has the noise
 * {@code sigma^2 / w}. Not thread-safe.
 *
 * <p>Two observations in a row that lie far outside on the same side mean that the world has
 * changed, so that a worker that is now three times slower is believed after two windows and not
 * after a hundred.
 */
final class Regression {
  private static final double FAR = 4;
  private static final int CHANGED = 2;
  private static final double ENOUGH = 3;

  private final Belief belief;
  private final double keep;
  private final double priorScatter;

  /** Effective number of observations. */
  private double count;

  /** Sum of squared weighted residuals. */
  private double scatter;

  /** Observations in a row that were far above (positive) or below. */
  private double streak;

  /**
   * Nothing is known yet.
   *
   * @param precisions of the coefficients, around 0, in units of the noise
   * @param keep share of the knowledge that a new observation leaves of the old, 0..1
   * @param noise sigma that is assumed as long as there are few observations
   */
  Regression(double[] precisions, double keep, double noise) {
    this.belief = Belief.of(new double[precisions.length], precisions);
    this.keep = keep;
    this.priorScatter = noise * noise;
  }

  void observe(double[] x, double weight, double y) {
    double spread = 1 + weight * belief.variance(x);
    double expected = Belief.dot(x, belief.mean());
    double unit = Math.sqrt(spread / weight);
    double residual = (y - expected) / unit;
    double far = FAR * Math.sqrt(noise());
    boolean outlier = learned() && Math.abs(residual) > far;
    streak = outlier ? Math.signum(residual) + (streak * residual > 0 ? streak : 0) : 0;
    if (Math.abs(streak) >= CHANGED) {
      change(x, weight, y);
      belief.learn(x, weight, y);
      return;
    }
    belief.forget(x, keep);
    count = keep * count + 1;
    // One stall must neither move the mean nor widen the interval for the next hundred windows.
    double counted = outlier ? Math.copySign(far, residual) : residual;
    scatter = keep * scatter + counted * counted;
    belief.learn(x, weight, outlier ? expected + counted * unit : y);
  }

  /**
   * The world has changed, most likely by a factor: all coefficients are taken by it, and what was
   * known from then on counts as much as a few windows like this one.
   */
  private void change(double[] x, double weight, double y) {
    double expected = mean(x);
    belief.scale(expected > 0 ? y / expected : 1);
    belief.fade(Math.min(1, ENOUGH * weight * belief.variance(x)));
    scatter *= Math.min(1, ENOUGH / count); // the noise stays as it was
    count = Math.min(count, ENOUGH);
  }

  /** Whether there is enough to predict from. */
  boolean learned() {
    return count >= ENOUGH - 0.5;
  }

  double[] coefficients() {
    return belief.nonNegativeMean(0);
  }

  double mean(double[] x) {
    return Belief.dot(x, coefficients());
  }

  /** Of a new observation of this weight. */
  Estimate predict(double[] x, double weight) {
    return predict(x, weight, 0);
  }

  /** Of a new observation of this weight that varies by so much for reasons unknown here. */
  Estimate predict(double[] x, double weight, double more) {
    double mean = mean(x);
    double deviation = Math.sqrt(noise() * (1 / weight + belief.variance(x)) + more);
    double reach = Quantile.student(count) * deviation;
    return new Estimate(mean, Math.max(0, mean - reach), mean + reach);
  }

  /** {@code sigma^2}: of an observation of weight 1. */
  double noise() {
    return (scatter + priorScatter) / (count + 1);
  }

  double[] numbers() {
    double[] inner = belief.numbers();
    double[] all = Arrays.copyOf(inner, inner.length + 3);
    all[inner.length] = count;
    all[inner.length + 1] = scatter;
    all[inner.length + 2] = streak;
    return all;
  }

  void restore(double[] all) {
    int inner = all.length - 3;
    belief.restore(Arrays.copyOf(all, inner));
    count = all[inner];
    scatter = all[inner + 1];
    streak = all[inner + 2];
  }
}
