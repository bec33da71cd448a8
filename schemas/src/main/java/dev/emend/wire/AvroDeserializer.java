package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated records that were written with any compatible schema, in both of Confluent's wire
 * forms. {@link #configure} must come before the first record; afterwards thread-safe.
 *
 * <p>Faults: those of {@link SchemaRegistryClient}, and {@link FaultCode#WIRE_FORMAT} for bytes
 * that are no such record.
 *
 * @param <T> type of the records
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private final ReaderTypes types;
  private @Nullable SchemaRegistryClient registry;
  private SerdeSettings settings = SerdeSettings.from(Map.of(), false);

  /**
   * For Kafka, which calls {@link #configure} next; the type is {@link WireConfig#VALUE_TYPE} or
   * the generated class with the name of the writer's schema.
   */
  public AvroDeserializer() {
    this.types = new ReaderTypes();
  }

  /** Returns records of the type; {@link #configure} must follow. */
  public AvroDeserializer(Class<T> type) {
    this.types = new ReaderTypes(type);
  }

  /** A value deserializer that is ready to use. */
  public AvroDeserializer(Class<T> type, SchemaRegistryClient registry) {
    this(type);
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    settings = SerdeSettings.from(configs, isKey);
    types.configure(configs, isKey);
    if (registry == null) {
      registry = SchemaRegistryClient.from(configs);
    }
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] data) {
    return deserialize(topic, null, data);
  }

  @Override
  public @Nullable T deserialize(String topic, @Nullable Headers headers, byte @Nullable [] data) {
    if (data == null) {
      return null;
    }
    if (settings.tooLarge(data.length)) {
      throw unreadable(topic, data.length + " bytes are above " + settings.maxRecord(), null);
    }
    WireFrame frame = WireFrame.of(headers, settings.isKey(), data);
    SchemaRegistryClient client = Objects.requireNonNull(registry, "configure() comes first");
    return read(topic, data, frame.offset(), frame.reference().resolve(client));
  }

  private T read(String topic, byte[] data, int offset, Schema writer) {
    try {
      return AvroBytes.read(types.<T>reader(writer), data, offset);
    } catch (Fault e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(topic, String.valueOf(e.getMessage()), e);
    }
  }

  private static Fault unreadable(String topic, String why, @Nullable Throwable cause) {
    return new Fault(
        FaultCode.WIRE_FORMAT, "a record of " + topic + " is unreadable: " + why, cause);
  }
}
