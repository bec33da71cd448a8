package dev.emend.worker;

import dev.emend.delta.BlobStore;
import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.retain.Compaction;
import dev.emend.retain.CompactionResult;
import dev.emend.retain.CompactionSettings;
import dev.emend.retain.SnapshotDistance;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.SnapshotShelf;
import dev.emend.topic.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shortens the model's log whenever enough versions or bytes have come since, and with the first
 * version after a start, on a thread of its own beside the editing. One that fails has deleted
 * nothing that is needed; the next one goes on. Nobody may read the log from its beginning
 * meanwhile: whoever wants to calls {@link #settle} first.
 *
 * <p>{@link #committed} and {@link #close} belong to the polling thread, {@link #settle} to any.
 */
final class Compactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Compactions.class);

  private final Supplier<CompactionResult> compaction;
  private final SnapshotDistance distance;
  private final Duration patience;
  private final ExecutorService thread;
  private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private long versions;
  private long bytes;

  /**
   * Compactions.
   *
   * @param compaction does it once
   * @param distance how much comes between two
   * @param patience how long closing waits for one that is under way
   */
  Compactions(
      String name,
      Supplier<CompactionResult> compaction,
      SnapshotDistance distance,
      Duration patience) {
    this.compaction = compaction;
    this.distance = distance;
    this.patience = patience;
    this.versions = distance.versions();
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Those that a worker's settings ask for, if they do. */
  static Optional<Compactions> of(
      WorkerConfig config, Connection connection, ModelState base, Optional<BlobStore> blobs) {
    return config.log().compaction().map(rule -> of(config, connection, base, blobs, rule));
  }

  private static Compactions of(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      Optional<BlobStore> blobs,
      CompactionRule rule) {
    ModelSources sources =
        new ModelSources(
            config.model(),
            base.folder().path(),
            config.log().snapshots().map(SnapshotShelf::new),
            blobs,
            config.log().safeguards().believed());
    CompactionSettings settings =
        new CompactionSettings(
            sources, rule.promise(), rule.distance(), config.log().safeguards().key(), false);
    Compaction compaction = new Compaction(connection, config.log().topics(), settings);
    return new Compactions(
        "emend-compact-" + config.model(),
        compaction::run,
        rule.distance(),
        config.closePatience());
  }

  /** Looks at what a transaction has published. */
  void committed(List<Outgoing> records) {
    for (Outgoing record : records) {
      if (record.value() instanceof ModelDelta delta) {
        versions++;
        bytes += delta.getTensors().stream().mapToLong(TensorDelta::getLength).sum();
      }
    }
    if (running.isDone() && distance.isReached(versions, bytes)) {
      versions = 0;
      bytes = 0;
      running = CompletableFuture.runAsync(this::run, thread);
    }
  }

  private void run() {
    try {
      CompactionResult result = compaction.get();
      log.info(
          "{} records, {} payloads and {} snapshots are deleted; versions from {} on can be rebuilt",
          result.records(),
          result.blobs(),
          result.snapshots().size(),
          result.oldestPromised());
    } catch (RuntimeException e) {
      log.warn("the log is not shortened this time: {}", e.toString());
    }
  }

  /** Returns when none is under way. */
  void settle() {
    try {
      running.join();
    } catch (CompletionException e) {
      log.error("a compaction ended by an error", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a compaction is left to the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
