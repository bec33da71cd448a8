package dev.emend.worker;

import java.util.Optional;

/**
 * Reads the committed records of one partition, from its start to the end that it had when the
 * reader was opened. Not thread-safe.
 */
interface PartitionReader extends AutoCloseable {
  /** The next record; empty at the end. */
  Optional<LogRecord> next();

  @Override
  void close();

  /** Opens readers. */
  interface Source {
    /** A reader of the partition that records with this key have in {@code topic}. */
    PartitionReader open(String topic, String key);
  }
}
