package dev.emend.worker;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as read. Compared by identity of its bytes, which is never asked for.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param key key; null if it has none
 * @param value bytes of the value, not copied; null for a tombstone
 * @param headers headers
 */
// The array is handed on from the client to the decoder once; a copy of each delta would be waste.
@SuppressWarnings("ArrayRecordComponent")
record LogRecord(
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    byte @Nullable [] value,
    Headers headers) {

  /** For messages: topic, partition, offset. */
  String place() {
    return topic + "-" + partition + "@" + offset;
  }
}
