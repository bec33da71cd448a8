package dev.emend.worker;

import java.util.Objects;

/**
 * The time in which this worker is the model's writer.
 *
 * @param publisher writes the log
 * @param standing the newest committed version
 */
record Session(Publisher publisher, Standing standing) implements AutoCloseable {
  Session {
    Objects.requireNonNull(publisher, "publisher");
    Objects.requireNonNull(standing, "standing");
  }

  /** After a committed window. */
  Session at(Standing next) {
    return new Session(publisher, next);
  }

  /** Writes no more. */
  @Override
  public void close() {
    publisher.close();
  }
}
