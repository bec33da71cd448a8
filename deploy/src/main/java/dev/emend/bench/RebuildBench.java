package dev.emend.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.event.WeightLayout;
import dev.emend.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Rebuilds one weight with factors of several ranks, beside copying it and multiplying matrices.
 */
public final class RebuildBench {
  private static final Duration ENOUGH = Duration.ofSeconds(2);
  private static final long SEED = 7;
  private static final int GEMM_SIDE = 2048;
  private static final float SMALL = 1e-4f;

  private final MatrixShape shape;
  private final float[] weight;
  private final float[] copy;

  /** Allocates the weight twice. */
  public RebuildBench(int rows, int columns) {
    this.shape = new MatrixShape(WeightLayout.OUT_IN, rows, columns);
    this.weight = values(shape.elements());
    this.copy = new float[weight.length];
  }

  /** Rates for each rank, with one thread and with {@code threads}. */
  public List<RebuildRate> rates(List<Integer> ranks, int threads, Progress progress) {
    double gemm = gemmGigaflops();
    List<RebuildRate> rates = new ArrayList<>();
    List<Integer> counts = threads == 1 ? List.of(1) : List.of(1, threads);
    for (int count : counts) {
      ExecutorService pool = Executors.newFixedThreadPool(count);
      try {
        double copyRate = gigabytes() / BestTime.seconds(ENOUGH, () -> copy(pool, count));
        for (int rank : ranks) {
          rates.add(rate(rank, count, pool, copyRate, gemm));
          progress.at("rebuilds", rates.size(), (long) ranks.size() * counts.size());
        }
      } finally {
        pool.shutdown();
      }
    }
    return List.copyOf(rates);
  }

  private RebuildRate rate(
      int rank, int threads, ExecutorService pool, double copied, double gemm) {
    LowRankFactors factors =
        LowRankFactors.of(
            rank, shape.out(), shape.in(), values(rank * shape.out()), values(rank * shape.in()));
    ExactUpdate update = ExactUpdate.parallel(pool, threads);
    double seconds = BestTime.seconds(ENOUGH, () -> update.apply(weight, shape, factors));
    double flops = 2.0 * rank * shape.elements() / 1e9 / seconds;
    double bytes = gigabytes() / seconds;
    return new RebuildRate(rank, threads, bytes, flops, bytes / copied, flops / gemm);
  }

  /** Read and written once. */
  private double gigabytes() {
    return 2.0 * Float.BYTES * shape.elements() / 1e9;
  }

  private void copy(ExecutorService pool, int threads) {
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    for (int part = 0; part < threads; part++) {
      int from = (int) ((long) weight.length * part / threads);
      int to = (int) ((long) weight.length * (part + 1) / threads);
      parts.add(
          CompletableFuture.runAsync(
              () -> System.arraycopy(weight, from, copy, from, to - from), pool));
    }
    parts.forEach(CompletableFuture::join);
  }

  /** The tensor engine's rate for 32-bit matrices, on all of its threads. */
  public static double gemmGigaflops() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray a = manager.randomNormal(new Shape(GEMM_SIDE, GEMM_SIDE));
      NDArray b = manager.randomNormal(new Shape(GEMM_SIDE, GEMM_SIDE));
      double seconds =
          BestTime.seconds(
              ENOUGH,
              () -> {
                try (NDArray product = a.matMul(b)) {
                  product.getFloat(0, 0); // waits for the result
                }
              });
      return 2.0 * GEMM_SIDE * GEMM_SIDE * GEMM_SIDE / 1e9 / seconds;
    }
  }

  private static float[] values(int count) {
    Random random = new Random(SEED);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextFloat() - 0.5f) * SMALL;
    }
    return values;
  }
}
