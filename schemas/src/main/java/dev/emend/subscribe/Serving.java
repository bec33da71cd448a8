package dev.emend.subscribe;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is served now, and who waits for what. One thread swaps, any may read or wait; thread-safe.
 */
final class Serving {
  /** Enough to find every event of the last minutes at any speed that an editor reaches. */
  private static final int EVENTS_KEPT = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Long> versionOfEvent = new LinkedHashMap<>();
  private volatile Served current;
  private volatile @Nullable Fault fault;

  Serving(Served first) {
    this.current = first;
  }

  Served current() {
    return current;
  }

  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * Puts a verified version in the place of the one before, in one step for every reader.
   *
   * @param told the versions that came with it
   */
  void swap(Served next, List<ServedVersion> told) {
    locked(
        () -> {
          current = next;
          for (ServedVersion version : told) {
            version.events().forEach(event -> versionOfEvent.put(event, version.number()));
          }
          while (versionOfEvent.size() > EVENTS_KEPT) {
            versionOfEvent.remove(versionOfEvent.keySet().iterator().next());
          }
          changed.signalAll();
        });
  }

  /** Ends all waiting with a fault; what is served stays. */
  void fail(Fault reason) {
    locked(
        () -> {
          fault = fault == null ? reason : fault;
          changed.signalAll();
        });
  }

  Served awaitVersion(long version, Duration timeout) throws InterruptedException {
    return await(
        () -> current.version() >= version ? Optional.of(current) : Optional.empty(),
        "version " + version,
        timeout);
  }

  long awaitFact(String eventId, Duration timeout) throws InterruptedException {
    return await(
        () -> Optional.ofNullable(versionOfEvent.get(eventId)),
        "event '" + eventId + "' (ask for its outcome)",
        timeout);
  }

  private <T> T await(Supplier<Optional<T>> wanted, String what, Duration timeout)
      throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      for (Optional<T> found = wanted.get(); ; found = wanted.get()) {
        if (found.isPresent()) {
          return found.get();
        }
        Fault ended = fault;
        if (ended != null) {
          throw new Fault(ended.code(), String.valueOf(ended.getMessage()), ended);
        }
        if (nanos <= 0) {
          throw new Fault(
              FaultCode.TIMEOUT,
              "%s of %s was not served within %s; the newest here is version %d"
                  .formatted(what, current.state().model(), timeout, current.version()));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
