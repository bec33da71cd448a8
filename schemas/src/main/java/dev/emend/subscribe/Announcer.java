package dev.emend.subscribe;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells listeners of versions, in order, on its own thread from a bounded queue. {@link #offer} is
 * for the reading thread alone; the rest is thread-safe.
 */
final class Announcer {
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final BlockingQueue<ServedVersion> queue;
  private final List<VersionListener> listeners;
  private final Serving serving;
  private final Thread thread;
  private volatile boolean finishing;
  private volatile boolean ended;

  Announcer(List<VersionListener> listeners, Serving serving, int waiting) {
    this.queue = new ArrayBlockingQueue<>(waiting);
    this.listeners = List.copyOf(listeners);
    this.serving = serving;
    String model = serving.current().state().model();
    this.thread = new Thread(this::run, "emend-listeners-" + model);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether the version is in the queue, or nobody listens; if not, the queue is full. */
  boolean offer(ServedVersion version) {
    return ended || listeners.isEmpty() || queue.offer(version);
  }

  /** Lets the listeners hear what is in the queue, for a limited time, and ends the thread. */
  void finish(Duration timeout) throws InterruptedException {
    finishing = true;
    thread.join(Math.max(1, timeout.toMillis()));
    thread.interrupt();
    ended = true;
  }

  private void run() {
    try {
      while (serving.fault().isEmpty()) {
        Optional<ServedVersion> version =
            Optional.ofNullable(queue.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
        if (version.isEmpty() && finishing) {
          return;
        }
        version.ifPresent(this::tell);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Fault e) {
      serving.fail(e);
    } catch (RuntimeException e) {
      serving.fail(new Fault(FaultCode.INTERNAL, "a version listener failed: " + e, e));
    }
    serving.fault().ifPresent(this::tell);
  }

  private void tell(ServedVersion version) {
    listeners.forEach(listener -> listener.onVersion(version, serving.current().state()));
  }

  private void tell(Fault fault) {
    listeners.forEach(listener -> listener.onFault(fault));
  }
}
