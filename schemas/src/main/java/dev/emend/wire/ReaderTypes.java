package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Which generated class a deserializer returns, and how a writer's schema is read into it. */
final class ReaderTypes {
  private @Nullable Class<? extends SpecificRecord> fixed;
  private final Map<Schema, DatumReader<?>> readers = new ConcurrentHashMap<>();

  ReaderTypes() {}

  ReaderTypes(Class<? extends SpecificRecord> type) {
    this.fixed = type;
  }

  void configure(Map<String, ?> config, boolean isKey) {
    String name = isKey ? WireConfig.KEY_TYPE : WireConfig.VALUE_TYPE;
    if (fixed == null) {
      fixed = new SettingReader(config).text(name).map(text -> load(name, text)).orElse(null);
    }
  }

  private static Class<? extends SpecificRecord> load(String setting, String className) {
    try {
      return Class.forName(className).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException | ClassCastException e) {
      throw SettingReader.usage(setting, className, "the name of a generated Avro class");
    }
  }

  /** A reader of records that were written with the schema; any number of threads may use it. */
  @SuppressWarnings("unchecked") // the reader's type is the class whose schema it was made with
  <T> DatumReader<T> reader(Schema writer) {
    return (DatumReader<T>) readers.computeIfAbsent(writer, this::made);
  }

  /**
   * Resolving two schemas takes far longer than reading a record, so it is done once. Readers of
   * this kind keep nothing between records.
   */
  private DatumReader<?> made(Schema writer) {
    Class<? extends SpecificRecord> type = fixed == null ? named(writer) : fixed;
    SpecificData data = SpecificData.getForClass(type);
    try {
      return data.getFastReaderBuilder().createDatumReader(writer, data.getSchema(type));
    } catch (IOException e) {
      throw new Fault(FaultCode.WIRE_FORMAT, "no reader for " + writer.getFullName(), e);
    }
  }

  private static Class<? extends SpecificRecord> named(Schema writer) {
    Class<?> type = SpecificData.get().getClass(writer);
    if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
      throw new Fault(
          FaultCode.WIRE_FORMAT, "no generated class is known for " + writer.getFullName());
    }
    return type.asSubclass(SpecificRecord.class);
  }
}
