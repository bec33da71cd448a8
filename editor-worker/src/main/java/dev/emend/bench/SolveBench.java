package dev.emend.bench;

import dev.emend.linalg.Blas;
import dev.emend.linalg.BlasSelfTest;
import dev.emend.linalg.DenseSolve;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Times the gains of a window, {@code (A + K K^T)^-1 K}, by a dense fp64 solve and from the stored
 * inverse, and holds both to a more exact solution. A has eigenvalues from 1 down to 1 / condition,
 * evenly spaced in their logarithm, turned by seeded reflections; keys are drawn from A.
 */
public final class SolveBench {
  private static final int REFLECTIONS = 3;
  private static final int REPEATS = 3;
  private static final int CHECKED_COLUMNS = 4;

  private final SolveBenchOptions options;

  private SolveBench(SolveBenchOptions options) {
    this.options = options;
  }

  /** Measures all sizes. */
  public static SolveBenchReport run(SolveBenchOptions options, Progress progress) {
    BlasSelfTest.require();
    Blas.threads(options.threads());
    SolveBench bench = new SolveBench(options);
    List<SolveBenchReport.Line> lines = new ArrayList<>();
    for (int size : options.sizes()) {
      Random random = new Random(options.seed());
      try (Matrix a = bench.gram(size, random)) {
        for (int keys : options.keys()) {
          progress.at(
              "solves", lines.size(), (long) options.sizes().size() * options.keys().size());
          lines.add(bench.measure(a, keys, random));
        }
      }
    }
    progress.at("solves", lines.size(), lines.size());
    return new SolveBenchReport(options.threads(), options.condition(), options.seed(), lines);
  }

  private Matrix gram(int size, Random random) {
    double[] values = new double[Math.multiplyExact(size, size)];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = Math.pow(options.condition(), -(double) i / Math.max(1, size - 1));
    }
    for (int r = 0; r < REFLECTIONS; r++) {
      reflect(values, unit(size, random));
    }
    return Matrix.ofColumnMajor(size, size, values);
  }

  private static double[] unit(int size, Random random) {
    double[] v = random.doubles(size, -1, 1).toArray();
    double norm = 0;
    for (double value : v) {
      norm += value * value;
    }
    for (int i = 0; i < size; i++) {
      v[i] /= Math.sqrt(norm);
    }
    return v;
  }

  /** A = H A H with H = I - 2 v v^T, kept exactly symmetric. */
  private static void reflect(double[] a, double[] v) {
    int n = v.length;
    double[] product = new double[n];
    double inner = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        product[i] += a[i * n + j] * v[j];
      }
      inner += v[i] * product[i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value =
            a[i * n + j] - 2 * (v[i] * product[j] + product[i] * v[j]) + 4 * inner * v[i] * v[j];
        a[i * n + j] = value;
        a[j * n + i] = value;
      }
    }
  }

  private SolveBenchReport.Line measure(Matrix a, int count, Random random) {
    try (Matrix noise =
            Matrix.ofColumnMajor(
                a.rows(), count, random.doubles((long) a.rows() * count, -1, 1).toArray());
        Matrix keys = a.times(noise)) {
      double[][] exact = new ExactGains(a, keys).columns(Math.min(CHECKED_COLUMNS, count));
      double published = publishedSeconds(a, keys);
      double dense = Double.POSITIVE_INFINITY;
      double denseError = 0;
      double solve = Double.POSITIVE_INFINITY;
      double update = Double.POSITIVE_INFINITY;
      double ownError = 0;
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        long start = System.nanoTime();
        try (Matrix gains = DenseSolve.gains(a, keys)) {
          dense = Math.min(dense, seconds(start));
          denseError = error(gains, exact);
        }
        try (GramInverse inverse = GramInverse.of(a)) {
          start = System.nanoTime();
          try (Matrix gains = inverse.absorb(keys)) {
            solve = Math.min(solve, seconds(start));
            ownError = error(gains, exact);
          }
          start = System.nanoTime();
          inverse.commit();
          update = Math.min(update, seconds(start));
        }
      }
      return new SolveBenchReport.Line(
          a.rows(),
          count,
          published,
          dense,
          solve,
          update,
          published / solve,
          dense / solve,
          denseError,
          ownError);
    }
  }

  private double publishedSeconds(Matrix a, Matrix keys) {
    try (PublishedSolve solve = new PublishedSolve(options.threads())) {
      double shortest = Double.POSITIVE_INFINITY;
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        shortest = Math.min(shortest, solve.seconds(a, keys));
      }
      return shortest;
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double error(Matrix gains, double[][] exact) {
    double wrong = 0;
    double size = 0;
    for (int column = 0; column < exact.length; column++) {
      for (int i = 0; i < gains.rows(); i++) {
        wrong += Math.pow(gains.get(i, column) - exact[column][i], 2);
        size += Math.pow(exact[column][i], 2);
      }
    }
    return Math.sqrt(wrong / size);
  }
}
