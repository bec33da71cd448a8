package dev.emend.stream;

/** An entry of a {@link JournalStore} and where it was written. Not thread-safe. */
final class JournalSlot<V> {
  private static final long NOWHERE = -1;

  private final V value;
  private long page = NOWHERE;
  private int bytes;

  JournalSlot(V value) {
    this.value = value;
  }

  V value() {
    return value;
  }

  boolean isWritten() {
    return page != NOWHERE;
  }

  /** The page that holds it. */
  long page() {
    return page;
  }

  /** Its size there. */
  int bytes() {
    return bytes;
  }

  void written(long inPage, int size) {
    page = inPage;
    bytes = size;
  }

  void unwritten() {
    page = NOWHERE;
    bytes = 0;
  }
}
