package dev.emend.service;

import dev.emend.fault.Fault;
import dev.emend.progress.Progress;
import dev.emend.worker.EditorWorker;
import java.time.Duration;

/** A worker alone, beside a stream app that runs elsewhere. Thread-safe. */
public final class WorkerService implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private final EditorWorker worker;

  private WorkerService(EditorWorker worker) {
    this.worker = worker;
  }

  /**
   * Starts it, and returns when a version is served. Topics and schemas must be there.
   *
   * @throws Fault if the model cannot be used, or the broker or registry does not answer
   */
  public static WorkerService start(ServiceOptions options, Progress progress) {
    EditorWorker worker = WorkerStart.worker(options, progress);
    try {
      worker.start();
      worker.awaitLive(START_PATIENCE);
      return new WorkerService(worker);
    } catch (Fault e) {
      worker.close();
      throw e;
    }
  }

  /** The worker. */
  public EditorWorker worker() {
    return worker;
  }

  @Override
  public void close() {
    worker.close();
  }
}
