package dev.emend.stream;

import dev.emend.publish.FactHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the facts topic as it came, so that a dead letter can hold exactly these bytes. Not
 * copied: nobody on the path changes them.
 */
final class SourceRecord {
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final Headers headers;
  private final int partition;
  private final long offset;
  private final Instant publishedAt;

  SourceRecord(
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      int partition,
      long offset,
      Instant publishedAt) {
    this.key = key;
    this.value = value;
    this.headers = headers;
    this.partition = partition;
    this.offset = offset;
    this.publishedAt = publishedAt;
  }

  /** For an event that nobody published. */
  static SourceRecord ownEvent(Instant now) {
    return new SourceRecord(null, null, new RecordHeaders(), -1, -1, now);
  }

  byte @Nullable [] key() {
    return key;
  }

  @Nullable String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  byte @Nullable [] value() {
    return value;
  }

  Headers headers() {
    return headers;
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  /** Kafka timestamp of the event; for one that was held, the instant of its release. */
  Instant publishedAt() {
    return publishedAt;
  }

  @Nullable String traceparent() {
    return header(FactHeaders.TRACEPARENT).orElse(null);
  }

  /** Whether it was a dead letter before. */
  boolean isRedriven() {
    return headers.lastHeader(DeadLetterHeaders.REDRIVES) != null;
  }

  /** The event id that CloudEvents puts beside the value: known even if the value is unreadable. */
  Optional<String> cloudEventId() {
    return header("ce_id").filter(id -> !id.isBlank());
  }

  private Optional<String> header(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
