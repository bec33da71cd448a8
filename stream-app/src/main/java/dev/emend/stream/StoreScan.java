package dev.emend.stream;

import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads a whole store, at the start of a task. */
final class StoreScan {
  private StoreScan() {}

  /** In the order of the keys. The action must not write to the store. */
  static <V> void forEachEntry(KeyValueStore<String, V> store, BiConsumer<String, V> action) {
    try (KeyValueIterator<String, V> all = store.all()) {
      all.forEachRemaining(entry -> action.accept(entry.key, entry.value));
    }
  }
}
