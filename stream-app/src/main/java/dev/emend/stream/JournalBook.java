package dev.emend.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a journal is alive, and what is not written yet. Pages are dropped from the oldest on, so
 * that the note of a removal outlives what it removes. When more than half of what is written is
 * dead, all that is alive is written anew: so disk, changelog and the time to start stay within a
 * small multiple of what the map holds. Not thread-safe.
 */
final class JournalBook {
  /** Dead bytes that are never worth writing anew. */
  private static final long SLACK_BYTES = 1 << 20;

  private final TreeMap<Long, Use> pages = new TreeMap<>();
  private final Set<String> added = new LinkedHashSet<>();
  private final Map<String, Long> removed = new HashMap<>();
  private long nextPage;
  private long bytes;
  private long livingBytes;

  static String key(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  static long number(String key) {
    return HexFormat.fromHexDigitsToLong(key);
  }

  void added(String key) {
    added.add(key);
  }

  void removed(String key, JournalSlot<?> slot) {
    added.remove(key);
    if (slot.isWritten()) {
      removed.put(key, slot.page());
      dead(slot);
    }
  }

  /** A written entry is no more. */
  void dead(JournalSlot<?> slot) {
    Use use = pages.get(slot.page());
    if (use != null) {
      use.living--;
      livingBytes -= slot.bytes();
    }
  }

  /** A page is written, with so many entries. */
  void known(long number, long size, int entries) {
    pages.put(number, new Use(size, entries));
    bytes += size;
    livingBytes += size;
    nextPage = Math.max(nextPage, number + 1);
  }

  boolean isClean() {
    return added.isEmpty() && removed.isEmpty();
  }

  boolean isMostlyDead() {
    return bytes > 2 * livingBytes + SLACK_BYTES;
  }

  /** Everything is to be written anew. */
  void rewrite(Collection<String> keys) {
    pages.values().forEach(use -> use.living = 0);
    livingBytes = 0;
    removed.clear();
    added.addAll(keys);
  }

  /** Takes the keys to be written, first come first. */
  List<String> takeAdded() {
    List<String> keys = List.copyOf(added);
    added.clear();
    return keys;
  }

  /** Takes the keys whose removal must be noted: those in pages that stay, unless they are back. */
  List<String> takeRemoved(Collection<String> back) {
    long firstKept = firstLiving();
    Set<String> again = Set.copyOf(back);
    List<String> keys = new ArrayList<>();
    removed.forEach(
        (key, page) -> {
          if (page >= firstKept && !again.contains(key)) {
            keys.add(key);
          }
        });
    removed.clear();
    return keys;
  }

  private long firstLiving() {
    for (Map.Entry<Long, Use> page : pages.entrySet()) {
      if (page.getValue().living > 0) {
        return page.getKey();
      }
    }
    return nextPage;
  }

  long nextPage() {
    return nextPage;
  }

  /** Forgets the oldest pages in which nothing lives, and says which. */
  List<Long> dropDead() {
    List<Long> dead = List.copyOf(pages.headMap(firstLiving()).keySet());
    for (long number : dead) {
      bytes -= pages.remove(number).size;
    }
    return dead;
  }

  void clear() {
    pages.clear();
    added.clear();
    removed.clear();
    bytes = 0;
    livingBytes = 0;
  }

  private static final class Use {
    private final long size;
    private int living;

    Use(long size, int living) {
      this.size = size;
      this.living = living;
    }
  }
}
