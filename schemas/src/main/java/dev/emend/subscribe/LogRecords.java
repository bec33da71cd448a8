package dev.emend.subscribe;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.topic.Connection;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.SchemaRegistryClient;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes what is read from the log, and says where when it cannot. Thread-safe. */
final class LogRecords {
  private final AvroDeserializer<ModelDelta> deltas;
  private final AvroDeserializer<DeltaChunk> chunks;
  private final AvroDeserializer<ModelHead> heads;

  LogRecords(Connection connection) {
    SchemaRegistryClient registry = connection.registry();
    Map<String, String> settings = connection.settings();
    this.deltas = reader(ModelDelta.class, registry, settings);
    this.chunks = reader(DeltaChunk.class, registry, settings);
    this.heads = reader(ModelHead.class, registry, settings);
  }

  private static <T extends SpecificRecord> AvroDeserializer<T> reader(
      Class<T> type, SchemaRegistryClient registry, Map<String, String> settings) {
    AvroDeserializer<T> reader = new AvroDeserializer<>(type, registry);
    reader.configure(settings, false);
    return reader;
  }

  Optional<ModelDelta> delta(ConsumerRecord<String, byte[]> record) {
    return decode(deltas, record);
  }

  Optional<DeltaChunk> chunk(ConsumerRecord<String, byte[]> record) {
    return decode(chunks, record);
  }

  Optional<ModelHead> head(ConsumerRecord<String, byte[]> record) {
    return decode(heads, record);
  }

  static String place(ConsumerRecord<String, byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  /** The record; empty for a tombstone. */
  private static <T extends SpecificRecord> Optional<T> decode(
      AvroDeserializer<T> reader, ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.ofNullable(
          reader.deserialize(record.topic(), record.headers(), record.value()));
    } catch (Fault e) {
      throw new Fault(e.code(), place(record) + ": " + e.getMessage(), e);
    }
  }
}
