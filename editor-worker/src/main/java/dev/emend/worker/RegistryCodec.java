package dev.emend.worker;

import dev.emend.topic.Connection;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import dev.emend.wire.SchemaRegistryClient;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/** Records in Confluent's wire form over a schema registry. Thread-safe. */
final class RegistryCodec implements RecordCodec {
  private final SchemaRegistryClient registry;
  private final Map<String, String> settings;
  private final AvroSerializer<SpecificRecord> serializer;
  private final Map<Class<?>, AvroDeserializer<?>> deserializers = new ConcurrentHashMap<>();

  RegistryCodec(Connection connection) {
    this.registry = connection.registry();
    this.settings = connection.settings();
    this.serializer = new AvroSerializer<>(registry);
    serializer.configure(settings, false);
  }

  @Override
  public byte[] encode(String topic, SpecificRecord record) {
    return Objects.requireNonNull(serializer.serialize(topic, record), "a record has bytes");
  }

  @Override
  public <T extends SpecificRecord> T decode(
      Class<T> type, String topic, Headers headers, byte[] bytes) {
    AvroDeserializer<?> reader = deserializers.computeIfAbsent(type, t -> reader(type));
    return type.cast(
        Objects.requireNonNull(reader.deserialize(topic, headers, bytes), "bytes have a record"));
  }

  private <T extends SpecificRecord> AvroDeserializer<T> reader(Class<T> type) {
    AvroDeserializer<T> reader = new AvroDeserializer<>(type, registry);
    reader.configure(settings, false);
    return reader;
  }
}
