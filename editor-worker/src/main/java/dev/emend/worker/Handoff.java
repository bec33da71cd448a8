package dev.emend.worker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries work from the polling thread to the editing thread and its result back. All methods
 * belong to the polling thread; the work runs on the editing thread, one piece after the other, so
 * that whatever only such work touches needs no lock.
 */
final class Handoff implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Handoff.class);

  private final ExecutorService thread;
  private final Duration patience;
  private final Runnable last;
  private @Nullable Pending<?> pending;

  private record Pending<T>(
      CompletableFuture<T> result, Consumer<T> done, Consumer<Throwable> failed) {
    void settle() {
      Throwable failure = result.handle((value, error) -> error).join();
      if (failure == null) {
        done.accept(result.join());
      } else {
        failed.accept(failure);
      }
    }
  }

  /**
   * Starts the editing thread.
   *
   * @param patience how long {@link #close} waits for running work
   * @param last what the editing thread does before it ends
   */
  Handoff(String threadName, Duration patience, Runnable last) {
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread editing = new Thread(work, threadName);
              editing.setDaemon(true);
              return editing;
            });
    this.patience = patience;
    this.last = last;
  }

  /** Whether a result is outstanding. */
  boolean busy() {
    return pending != null;
  }

  /** Begins work; {@link #settle} then calls {@code done} or {@code failed}. */
  <T> void start(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    if (pending != null) {
      throw new IllegalStateException("the editing thread is busy");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    pending = new Pending<>(result, done, failed);
    thread.execute(() -> complete(result, work));
  }

  // Whatever is thrown must reach the polling thread, which decides; nothing is lost on the way.
  @SuppressWarnings("CatchingUnchecked")
  private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Calls back if the work has ended. */
  void settle() {
    Pending<?> current = pending;
    if (current != null && current.result().isDone()) {
      pending = null;
      current.settle();
    }
  }

  /** Lets running work end, closes its result if that needs it, and stops the thread. */
  @Override
  public void close() {
    Pending<?> dropped = pending;
    pending = null;
    thread.execute(
        () -> {
          if (dropped != null) {
            discard(dropped.result());
          }
          last.run();
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static void discard(CompletableFuture<?> result) {
    if (!result.isCompletedExceptionally() && result.join() instanceof AutoCloseable resource) {
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("a dropped result could not be closed", e);
      }
    }
  }
}
