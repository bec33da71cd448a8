package dev.emend.schedule.learn;

import java.util.Arrays;

/**
 * A Gaussian belief about d coefficients in information form: precision {@code P} [d][d] and shift
 * {@code P m} [d]. Recursive least squares is {@link #learn}; without forgetting the order of what
 * is learned does not matter. Not thread-safe.
 *
 * <p>{@link #forget} drops knowledge only in the direction of what is about to be learned (Cao and
 * Schwartz, "A directional forgetting algorithm based on the decomposition of the information
 * matrix", 2000): a worker that gets windows of one size for days does not forget what sizes cost.
 */
final class Belief {
  private final double[][] precision;
  private final double[] shift;

  private Belief(double[][] precision, double[] shift) {
    this.precision = precision;
    this.shift = shift;
  }

  /** Independent coefficients with these means and precisions (1 / variance). */
  static Belief of(double[] mean, double[] precisions) {
    int d = mean.length;
    Belief belief = new Belief(new double[d][d], new double[d]);
    for (int i = 0; i < d; i++) {
      belief.precision[i][i] = precisions[i];
      belief.shift[i] = precisions[i] * mean[i];
    }
    return belief;
  }

  double[] mean() {
    return Cholesky.of(precision).solve(shift);
  }

  /** {@code P^-1 x}: where the mean moves when something about {@code x^T beta} is learned. */
  double[] solve(double[] x) {
    return Cholesky.of(precision).solve(x);
  }

  /** {@code x^T P^-1 x}. */
  double variance(double[] x) {
    return dot(x, solve(x));
  }

  /** Adds one equation {@code x^T beta = value} of this weight. */
  void learn(double[] x, double weight, double value) {
    for (int i = 0; i < x.length; i++) {
      shift[i] += weight * value * x[i];
    }
    sharpen(x, weight);
  }

  private void sharpen(double[] x, double weight) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        precision[i][j] += weight * x[i] * x[j];
      }
    }
  }

  /** Adds knowledge in direction x around a new mean. */
  void settle(double[] mean, double[] x, double weight) {
    sharpen(x, weight);
    System.arraycopy(times(mean), 0, shift, 0, shift.length);
  }

  /** Keeps this share of what is known about {@code x^T beta}, and the mean. */
  void forget(double[] x, double keep) {
    double[] mean = mean();
    double[] along = times(x);
    double scale = (1 - keep) / dot(x, along);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        precision[i][j] -= scale * along[i] * along[j];
      }
    }
    System.arraycopy(times(mean), 0, shift, 0, shift.length);
  }

  /** Takes all coefficients by a factor, known as well as before. */
  void scale(double factor) {
    for (int i = 0; i < shift.length; i++) {
      shift[i] *= factor;
    }
  }

  /** Keeps this share of everything that is known, and the mean. */
  void fade(double keep) {
    for (int i = 0; i < shift.length; i++) {
      shift[i] *= keep;
      for (int j = 0; j < shift.length; j++) {
        precision[i][j] *= keep;
      }
    }
  }

  /**
   * The most likely coefficients of which none from index {@code first} on is negative. With so few
   * of them every set of zeros is tried.
   */
  double[] nonNegativeMean(int first) {
    int d = shift.length;
    double[] best = new double[d];
    double least = 0; // of all zeros
    for (int free = 1; free < 1 << d; free++) {
      double[] candidate = meanOf(free);
      double loss = dot(candidate, times(candidate)) - 2 * dot(candidate, shift);
      if (loss < least && Arrays.stream(candidate, first, d).allMatch(value -> value >= 0)) {
        best = candidate;
        least = loss;
      }
    }
    return best;
  }

  /** The most likely coefficients if those whose bit is not set are zero. */
  private double[] meanOf(int free) {
    int[] index = indices(free);
    double[][] part = new double[index.length][index.length];
    double[] right = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      right[i] = shift[index[i]];
      for (int j = 0; j < index.length; j++) {
        part[i][j] = precision[index[i]][index[j]];
      }
    }
    double[] solved = Cholesky.of(part).solve(right);
    double[] mean = new double[shift.length];
    for (int i = 0; i < index.length; i++) {
      mean[index[i]] = solved[i];
    }
    return mean;
  }

  private static int[] indices(int bits) {
    int[] index = new int[Integer.bitCount(bits)];
    int count = 0;
    for (int i = 0; count < index.length; i++) {
      if ((bits >> i & 1) == 1) {
        index[count++] = i;
      }
    }
    return index;
  }

  private double[] times(double[] x) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = dot(precision[i], x);
    }
    return product;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** All numbers, for {@link #restore}. */
  double[] numbers() {
    int d = shift.length;
    double[] all = Arrays.copyOf(shift, d + d * d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(precision[i], 0, all, d + i * d, d);
    }
    return all;
  }

  /** Takes numbers of a belief of the same size back. */
  void restore(double[] all) {
    int d = shift.length;
    System.arraycopy(all, 0, shift, 0, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(all, d + i * d, precision[i], 0, d);
    }
  }
}
