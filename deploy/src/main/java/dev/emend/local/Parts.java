package dev.emend.local;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Parts that were started one after the other and are closed in the opposite order, each of them
 * even when another fails to close. Closing twice is harmless. Thread-safe.
 */
public final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Takes charge of a part that was just started, and returns it. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  /** Closes what is there because of a failure; what fails in doing so is attached to it. */
  public void closeBecauseOf(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() {
    RuntimeException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("a part did not close: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
