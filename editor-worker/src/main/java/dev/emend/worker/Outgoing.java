package dev.emend.worker;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that a transaction is to hold.
 *
 * @param topic where it goes
 * @param key its key
 * @param value its value; null deletes the key from a compacted topic
 * @param placement which partition it goes to
 * @param headers text beside it
 */
record Outgoing(
    String topic,
    String key,
    @Nullable SpecificRecord value,
    Placement placement,
    Map<String, String> headers) {

  /** How the partition is chosen. */
  enum Placement {
    /** With everything else of the model, so that one reader of one partition sees all of it. */
    WITH_MODEL,
    /** By the key. */
    BY_KEY
  }

  Outgoing {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(placement, "placement");
    headers = Map.copyOf(headers);
  }

  static Outgoing withModel(String topic, String key, @Nullable SpecificRecord value) {
    return new Outgoing(topic, key, value, Placement.WITH_MODEL, Map.of());
  }

  static Outgoing byKey(String topic, String key, SpecificRecord value) {
    return new Outgoing(topic, key, value, Placement.BY_KEY, Map.of());
  }

  static Outgoing withHeaders(
      String topic, String key, SpecificRecord value, Map<String, String> headers) {
    return new Outgoing(topic, key, value, Placement.BY_KEY, headers);
  }
}
