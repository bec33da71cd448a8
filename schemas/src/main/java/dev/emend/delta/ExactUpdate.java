package dev.emend.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Adds rank-one terms to a weight such that every machine ends with the same bits: {@code for r in
 * 0..rank: W += resid_r adj_r^T} in 32-bit floats, each product rounded, then each sum rounded,
 * never fused. Because only the order over r matters to an element, rows and columns may be blocked
 * and spread over threads without any effect on the result. Stateless but for its executor;
 * thread-safe as long as nobody else touches the weight meanwhile.
 */
public final class ExactUpdate {
  private final Executor executor;
  private final int parts;

  private ExactUpdate(Executor executor, int parts) {
    this.executor = executor;
    this.parts = parts;
  }

  /** Works in the calling thread. */
  public static ExactUpdate sequential() {
    return new ExactUpdate(Runnable::run, 1);
  }

  /** Splits the rows over the common pool, a part for each core; the caller waits for all. */
  public static ExactUpdate onAllCores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores == 1 ? sequential() : parallel(ForkJoinPool.commonPool(), cores);
  }

  /**
   * Splits the rows into parts that {@code executor} runs; the caller waits for all of them.
   *
   * @throws IllegalArgumentException if there is not at least one part
   */
  public static ExactUpdate parallel(Executor executor, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("at least one part, not " + parts);
    }
    return new ExactUpdate(executor, parts);
  }

  /**
   * Adds the factors to a weight in place.
   *
   * @param weight row-major in its stored layout
   * @throws IllegalArgumentException if sizes do not fit; the weight is then untouched
   */
  public void apply(float[] weight, MatrixShape shape, LowRankFactors factors) {
    requireFit(weight, shape, factors);
    RankOneKernel kernel = new RankOneKernel(weight, shape, factors);
    List<CompletableFuture<Void>> running = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) shape.rows() * part / parts);
      int to = (int) ((long) shape.rows() * (part + 1) / parts);
      running.add(CompletableFuture.runAsync(() -> kernel.addRows(from, to), executor));
    }
    join(running);
  }

  /** Waits for every part even if one fails, so that none still writes after the call. */
  private static void join(List<CompletableFuture<Void>> running) {
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void requireFit(float[] weight, MatrixShape shape, LowRankFactors factors) {
    if (weight.length != shape.elements()) {
      throw new IllegalArgumentException(
          "the weight has " + weight.length + " elements, not those of " + shape);
    }
    if (factors.out() != shape.out() || factors.in() != shape.in()) {
      throw new IllegalArgumentException(
          "factors of " + factors.out() + " x " + factors.in() + " do not fit " + shape);
    }
  }
}
