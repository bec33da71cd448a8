package dev.emend.stream;

import dev.emend.stream.state.JournalEntry;
import dev.emend.stream.state.JournalPage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A map that lies in memory, for what comes and soon goes. What changed since the last commit is
 * written as a page of a journal, in the transaction of that commit; what came and went between two
 * commits is never written. An ordinary store writes each entry twice, at its coming and at its
 * going, with a record of the changelog each.
 *
 * <p>Streams flushes caches just before it commits, and tells a store through {@link
 * CachedStateStore}; there is no public way to be told. One thread at a time.
 *
 * @param <V> type of the values; they must not be changed once they are in here
 */
final class JournalStore<V> implements StateStore, CachedStateStore<String, V> {
  private final KeyValueStore<String, JournalPage> pages;
  private final JournalForm<V> form;
  private final Map<String, JournalSlot<V>> slots = new LinkedHashMap<>();
  private final JournalBook book = new JournalBook();
  private boolean loaded;

  JournalStore(KeyValueStore<String, JournalPage> pages, JournalForm<V> form) {
    this.pages = pages;
    this.form = form;
  }

  void put(String key, V value) {
    delete(key);
    slots.put(key, new JournalSlot<>(value));
    book.added(key);
  }

  @Nullable V get(String key) {
    load();
    JournalSlot<V> slot = slots.get(key);
    return slot == null ? null : slot.value();
  }

  /** Takes an entry out; null if there is none. */
  @Nullable V delete(String key) {
    load();
    JournalSlot<V> slot = slots.remove(key);
    if (slot == null) {
      return null;
    }
    book.removed(key, slot);
    return slot.value();
  }

  /** All entries, first come first. The action must not change the map. */
  void forEach(BiConsumer<String, V> action) {
    load();
    slots.forEach((key, slot) -> action.accept(key, slot.value()));
  }

  int size() {
    load();
    return slots.size();
  }

  @Override
  public void flushCache() {
    if (book.isClean()) {
      return;
    }
    if (book.isMostlyDead()) {
      slots.values().forEach(JournalSlot::unwritten);
      book.rewrite(slots.keySet());
    }
    form.pages(book, slots).forEach((number, page) -> pages.put(JournalBook.key(number), page));
    book.dropDead().forEach(number -> pages.delete(JournalBook.key(number)));
  }

  /** Reads the pages again, after they were restored. */
  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    StoreScan.forEachEntry(pages, (key, page) -> replay(JournalBook.number(key), page));
  }

  private void replay(long number, JournalPage page) {
    page.getRemoved().forEach(this::forget);
    long bytes = 0;
    for (JournalEntry entry : page.getAdded()) {
      forget(entry.getKey());
      int size = entry.getValue().remaining();
      bytes += size;
      JournalSlot<V> slot = new JournalSlot<>(form.read(entry.getValue()));
      slot.written(number, size);
      slots.put(entry.getKey(), slot);
    }
    book.known(number, bytes, page.getAdded().size());
  }

  private void forget(String key) {
    JournalSlot<V> old = slots.remove(key);
    if (old != null) {
      book.dead(old);
    }
  }

  @Override
  public void clearCache() {
    slots.clear();
    book.clear();
    loaded = false;
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<String, V> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return pages.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    pages.init(context, root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    pages.commit(changelogOffsets);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return pages.committedOffset(partition);
  }

  // Deprecated because one day every store will; until then Streams asks.
  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return pages.managesOffsets();
  }

  @Override
  public void close() {
    pages.close();
  }

  @Override
  public boolean persistent() {
    return pages.persistent();
  }

  @Override
  public boolean isOpen() {
    return pages.isOpen();
  }

  @Override
  public Position getPosition() {
    return pages.getPosition();
  }
}
