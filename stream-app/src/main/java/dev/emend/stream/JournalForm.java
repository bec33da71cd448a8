package dev.emend.stream;

import dev.emend.stream.state.JournalEntry;
import dev.emend.stream.state.JournalPage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * Fills in the pages of a journal.
 *
 * @param values wire form of the values
 * @param topic under whose subject the registry has their schema
 */
record JournalForm<V>(Serde<V> values, String topic) {
  /** A page is a record of the changelog, and must stay well below what the broker takes. */
  private static final int PAGE_BYTES = 256 * 1024;

  V read(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return Objects.requireNonNull(values.deserializer().deserialize(topic, bytes), topic);
  }

  /** The pages to write, by number; the book and the slots know of them from now on. */
  Map<Long, JournalPage> pages(JournalBook book, Map<String, JournalSlot<V>> slots) {
    List<String> added = book.takeAdded();
    List<String> removed = book.takeRemoved(added);
    Map<Long, JournalPage> pages = new TreeMap<>();
    List<JournalEntry> entries = new ArrayList<>();
    long size = 0;
    for (String key : added) {
      JournalSlot<V> slot = Objects.requireNonNull(slots.get(key), key);
      byte[] value = values.serializer().serialize(topic, slot.value());
      slot.written(book.nextPage(), value.length);
      entries.add(new JournalEntry(key, ByteBuffer.wrap(value)));
      size += value.length;
      if (size >= PAGE_BYTES) {
        close(book, pages, removed, entries, size);
        removed = List.of();
        entries = new ArrayList<>();
        size = 0;
      }
    }
    if (!removed.isEmpty() || !entries.isEmpty()) {
      close(book, pages, removed, entries, size);
    }
    return pages;
  }

  private static void close(
      JournalBook book,
      Map<Long, JournalPage> pages,
      List<String> removed,
      List<JournalEntry> entries,
      long size) {
    long number = book.nextPage();
    pages.put(number, new JournalPage(removed, entries));
    book.known(number, size, entries.size());
  }
}
