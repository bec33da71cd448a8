package dev.emend.schedule.learn;

/**
 * A share of prompts as a function of window size n and of the stock s of facts already in the
 * model: {@code logit p = c - u sqrt(n) - v sqrt(s)} with u, v at least 0, so that it never rises
 * with either. The root, because facts disturb each other like random vectors. Not thread-safe.
 *
 * <p>Bayesian logistic regression: each observation moves the Gaussian belief to the most likely
 * coefficients given the belief before, and adds its information there (Laplace). Facts of one
 * window succeed and fail together, so counts weigh less by the dispersion seen (quasi-binomial).
 */
public final class ShareModel {
  private static final double SIZE_UNIT = 32;
  private static final double STOCK_UNIT = 256;
  private static final double[] MEAN = {2, 0.3, 0.3};
  private static final double[] PRECISIONS = {0.5, 2, 2};
  private static final double KEEP_DISPERSION = 0.95;
  private static final double FIRST_DISPERSION = 1.5;
  private static final int STEPS = 60;

  /** From this coefficient on none may be negative; the constant may. */
  private static final int SLOPES = 1;

  private final String name;
  private final double keep;
  private final Belief belief = Belief.of(MEAN, PRECISIONS);
  private double dispersion = FIRST_DISPERSION;
  private double prompts;

  /** Nothing is known yet; {@code keep} as in {@link Learning}. */
  ShareModel(String name, double keep) {
    this.name = name;
    this.keep = keep;
  }

  void observe(int facts, long stock, Share share) {
    if (!share.known() || facts == 0) {
      return;
    }
    double[] x = features(facts, stock);
    disperse(x, share);
    belief.forget(x, keep);
    double trials = share.asked() / dispersion;
    double variance = belief.variance(x);
    double before = Belief.dot(x, belief.mean());
    double logit = mostLikely(before, variance, trials, share.value());
    settle(x, (logit - before) / variance, trials * slope(logit));
    prompts = keep * prompts + share.asked();
  }

  /** The mean moves along {@code P^-1 x}. */
  private void settle(double[] x, double step, double information) {
    double[] mean = belief.mean();
    double[] direction = belief.solve(x);
    for (int i = 0; i < mean.length; i++) {
      mean[i] += step * direction[i];
    }
    belief.settle(mean, x, information);
  }

  /** Zero of the derivative of the posterior along the line, which falls: by bisection. */
  private static double mostLikely(double before, double variance, double trials, double share) {
    double low = before - variance * trials;
    double high = before + variance * trials;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      double derivative = trials * (share - logistic(middle)) - (middle - before) / variance;
      if (derivative > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private void disperse(double[] x, Share share) {
    double expected = logistic(Belief.dot(x, belief.mean()));
    double deviation = share.hits() - share.asked() * expected;
    double pearson = deviation * deviation / (share.asked() * expected * (1 - expected));
    double bounded = Math.min(pearson, 16 * dispersion);
    dispersion = Math.max(1, KEEP_DISPERSION * dispersion + (1 - KEEP_DISPERSION) * bounded);
  }

  /** Prompts seen, those long ago counting less. */
  public double prompts() {
    return prompts;
  }

  /** The share expected of windows of this size on this stock. */
  public Estimate share(int facts, long stock) {
    double[] x = features(facts, stock);
    double mean = Belief.dot(x, belief.nonNegativeMean(SLOPES));
    double reach = Quantile.NORMAL * Math.sqrt(belief.variance(x));
    return new Estimate(logistic(mean), logistic(mean - reach), logistic(mean + reach));
  }

  private static double[] features(int facts, long stock) {
    return new double[] {1, -Math.sqrt(facts / SIZE_UNIT), -Math.sqrt(stock / STOCK_UNIT)};
  }

  private static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static double slope(double logit) {
    double p = logistic(logit);
    return Math.max(1e-6, p * (1 - p));
  }

  void save(LearnedState.Collector into) {
    into.put(name, belief.numbers());
    into.put(name + ".prompts", dispersion, prompts);
  }

  void load(LearnedState from) {
    from.find(name, belief.numbers().length).ifPresent(belief::restore);
    from.find(name + ".prompts", 2)
        .ifPresent(
            saved -> {
              dispersion = Math.max(1, saved[0]);
              prompts = saved[1];
            });
  }
}
