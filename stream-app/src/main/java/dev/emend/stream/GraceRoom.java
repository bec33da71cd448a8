package dev.emend.stream;

import dev.emend.stream.state.HeldChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that wait until their grace is over, so that what is said of a fact at about the same
 * time is judged together. The grace of a fact begins with its first change. All of it lies in
 * memory, and in a store in case the task must start anew.
 */
final class GraceRoom {
  private final JournalStore<HeldChange> store;
  private final StreamSerdes serdes;
  private final Duration grace;

  /** Facts in the order in which their grace began. */
  private final Map<String, Group> groups = new LinkedHashMap<>();

  private int changes;

  GraceRoom(JournalStore<HeldChange> store, StreamSerdes serdes, Duration grace) {
    this.store = store;
    this.serdes = serdes;
    this.grace = grace;
    store.forEach(this::restore);
  }

  /** What waits together: the changes of one fact. */
  record Group(Instant since, List<Held> held) {

    List<Step.Stated> changes() {
      return held.stream().map(Held::stated).toList();
    }
  }

  private record Held(String storeKey, Step.Stated stated) {}

  private void restore(String storeKey, HeldChange held) {
    long since = HexFormat.fromHexDigitsToLong(storeKey, 0, Long.BYTES * 2);
    Step.Stated stated = serdes.stated(held, held.getPublishedAt());
    add(held.getFactKey(), new Held(storeKey, stated), Instant.ofEpochMilli(since));
  }

  void hold(String factKey, Step.Stated stated, Instant now) {
    String storeKey =
        HexFormat.of().toHexDigits(now.toEpochMilli()) + "|" + stated.change().getEventId();
    store.put(storeKey, serdes.held(factKey, stated));
    add(factKey, new Held(storeKey, stated), now);
  }

  private void add(String factKey, Held held, Instant since) {
    groups.computeIfAbsent(factKey, key -> new Group(since, new ArrayList<>())).held().add(held);
    changes++;
  }

  /** Takes a fact out whose grace is over; empty if there is none. */
  Optional<Map.Entry<String, Group>> takeDue(Instant now) {
    Iterator<Map.Entry<String, Group>> oldest = groups.entrySet().iterator();
    if (!oldest.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Group> first = oldest.next();
    return now.isBefore(first.getValue().since().plus(grace))
        ? Optional.empty()
        : Optional.of(Map.entry(first.getKey(), take(first.getKey())));
  }

  /** Takes a fact out before its grace is over. */
  Group take(String factKey) {
    Group group = groups.remove(factKey);
    if (group == null) {
      throw new IllegalStateException("nothing waits of " + factKey);
    }
    group.held().forEach(held -> store.delete(held.storeKey()));
    changes -= group.held().size();
    return group;
  }

  /** Changes that wait. */
  int size() {
    return changes;
  }
}
