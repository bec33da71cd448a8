package dev.emend.stream;

import dev.emend.event.FactOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Outcomes of duplicates whose originals have none yet. All of it lies in memory, and in a store in
 * case the task must start anew.
 */
final class RepeatRoom {
  private final JournalStore<FactOutcome> store;
  private final int capacity;
  private final Map<String, List<String>> keys = new HashMap<>();
  private long next;

  RepeatRoom(JournalStore<FactOutcome> store, int capacity) {
    this.store = store;
    this.capacity = capacity;
    store.forEach(
        (key, outcome) -> {
          next = Math.max(next, Long.parseLong(key) + 1);
          index(outcome.getEventId(), key);
        });
  }

  boolean isFull() {
    return store.size() >= capacity;
  }

  void hold(String eventId, FactOutcome duplicate) {
    String key = Long.toString(next++);
    store.put(key, duplicate);
    index(eventId, key);
  }

  private void index(String eventId, String key) {
    keys.computeIfAbsent(eventId, id -> new ArrayList<>(1)).add(key);
  }

  /** Takes out all that wait for the original. */
  List<FactOutcome> take(String eventId) {
    List<String> waiting = keys.remove(eventId);
    return waiting == null
        ? List.of()
        : waiting.stream().map(key -> Objects.requireNonNull(store.delete(key), key)).toList();
  }
}
