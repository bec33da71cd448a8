package dev.emend.stream;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered under an id for at least a retention by the wall clock, in slices of one
 * retention each, so that an id is found by two point reads and a slice is dropped as a whole.
 *
 * @param store with slices of one retention
 * @param retention how long to remember
 */
record Recollection<V>(WindowStore<String, V> store, Duration retention) {

  void put(String id, V value, Instant now) {
    store.put(id, value, slice(now));
  }

  /** The newest memory of the id. */
  @Nullable V find(String id, Instant now) {
    V found = store.fetch(id, slice(now));
    return found == null ? store.fetch(id, slice(now.minus(retention))) : found;
  }

  /** Begin of a slice of time. */
  private long slice(Instant time) {
    long length = retention.toMillis();
    return Math.floorDiv(time.toEpochMilli(), length) * length;
  }
}
