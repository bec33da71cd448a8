package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records in Confluent's classic wire form. Made by class name from a
 * configuration, or with a registry client that several serdes share. {@link #configure} must come
 * before the first record; afterwards thread-safe.
 *
 * <p>Faults: those of {@link SchemaRegistryClient}, and {@link FaultCode#WIRE_FORMAT} for a record
 * that misses a required field or is larger than {@link WireConfig#MAX_RECORD_SIZE}.
 *
 * @param <T> type of the records
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  private @Nullable SchemaRegistryClient registry;
  private SerdeSettings settings = SerdeSettings.from(Map.of(), false);
  private final Map<String, WriterSchema> latest = new ConcurrentHashMap<>();
  private final Map<String, Encoding> encodings = new ConcurrentHashMap<>();

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  /** A value serializer that is ready to use: registers schemas, subject {@code <topic>-value}. */
  public AvroSerializer(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    settings = SerdeSettings.from(configs, isKey);
    if (registry == null) {
      registry = SchemaRegistryClient.from(configs);
    }
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    return serialize(topic, null, data);
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable T data) {
    if (data == null) {
      return null;
    }
    byte[] bytes = AvroBytes.write(data, encoding(topic, data.getSchema()));
    if (settings.tooLarge(bytes.length)) {
      throw new Fault(
          FaultCode.WIRE_FORMAT,
          "a record of %d bytes for %s is larger than %s (%s)"
              .formatted(bytes.length, topic, WireConfig.MAX_RECORD_SIZE, settings.maxRecord()));
    }
    return bytes;
  }

  /** What the registry has answered once holds for ever. */
  private Encoding encoding(String topic, Schema schema) {
    Encoding known = encodings.get(topic);
    if (known == null || !known.own().equals(schema)) {
      known = Encoding.of(schema, writerSchema(topic, schema));
      encodings.put(topic, known);
    }
    return known;
  }

  private WriterSchema writerSchema(String topic, Schema schema) {
    SchemaRegistryClient client = Objects.requireNonNull(registry, "configure() comes first");
    String subject = settings.naming().subject(topic, settings.isKey(), schema);
    if (settings.autoRegister()) {
      return new WriterSchema(client.register(subject, schema), schema);
    }
    if (settings.useLatest()) {
      return latest.computeIfAbsent(subject, name -> newest(client, name));
    }
    return new WriterSchema(client.lookUp(subject, schema), schema);
  }

  private static WriterSchema newest(SchemaRegistryClient client, String subject) {
    RegisteredSchema found =
        client
            .latest(subject)
            .orElseThrow(
                () ->
                    new Fault(
                        FaultCode.REGISTRY_REFUSED,
                        "the schema registry has no subject %s; register its schema or set %s=true"
                            .formatted(subject, WireConfig.AUTO_REGISTER)));
    return new WriterSchema(found.id(), found.schema());
  }
}
