package dev.emend.stream;

import org.apache.kafka.streams.processor.api.Record;

/**
 * One step of the path within one task: made when the task starts, closed when it ends, used by one
 * thread at a time.
 */
@FunctionalInterface
interface Stage<K, V> {

  /** Takes one record. */
  void process(Record<K, V> record);

  /** The task ends. */
  default void close() {}
}
