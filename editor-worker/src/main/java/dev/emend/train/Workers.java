package dev.emend.train;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that each run whole pieces of tensor work. Every piece is computed by one thread, so on a
 * busy machine the pieces wait for each other once a step, not once an operation. Native memory
 * made by a piece is freed at its end. For use by one thread.
 */
final class Workers implements AutoCloseable {
  /** A piece of work that may fail. */
  interface Piece<T> extends Callable<T> {}

  private final ExecutorService threads;

  Workers(int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread =
                  new Thread(() -> prepared(work), "emend-train-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The engine keeps the number of threads of an operation for each calling thread. */
  private static void prepared(Runnable work) {
    JniUtils.setNumThreads(1);
    work.run();
  }

  /** Results in the order of the pieces; gradients are recorded if {@code recording}. */
  <T> List<T> all(boolean recording, List<Piece<T>> pieces) {
    List<Future<T>> futures = new ArrayList<>(pieces.size());
    for (Piece<T> piece : pieces) {
      futures.add(threads.submit(() -> scoped(recording, piece)));
    }
    List<T> results = new ArrayList<>(pieces.size());
    for (Future<T> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <T> T scoped(boolean recording, Piece<T> piece) throws Exception {
    JniUtils.setGradMode(recording);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return piece.call();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
