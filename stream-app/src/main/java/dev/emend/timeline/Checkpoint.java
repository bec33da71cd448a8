package dev.emend.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * How far a replay has come.
 *
 * @param sourceDigest SHA-256 of the source file, hex
 * @param model the model
 * @param at instant of the last change point that is acknowledged, ISO-8601
 * @param eventId its event
 */
record Checkpoint(
    @JsonProperty("source_digest") String sourceDigest,
    @JsonProperty("model") String model,
    @JsonProperty("at") String at,
    @JsonProperty("event_id") String eventId) {

  /** Whether it speaks of the same statements for the same model. */
  boolean isOf(String digest, String name) {
    return sourceDigest.equals(digest) && model.equals(name);
  }

  /** Whether the change point was published by then. */
  boolean covers(Instant point, String event) {
    int order = point.compareTo(Instant.parse(at));
    return order < 0 || (order == 0 && event.compareTo(eventId) <= 0);
  }
}
