package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Which generated class a deserializer returns, and how a writer's schema is read into it. */
final class ReaderTypes {
  private @Nullable Class<? extends SpecificRecord> fixed;
  private final Map<Schema, Class<? extends SpecificRecord>> byWriter = new ConcurrentHashMap<>();

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

  /** A reader of records that were written with the schema. */
  @SuppressWarnings("unchecked") // the reader's type is the class whose schema it was made with
  <T> DatumReader<T> reader(Schema writer) {
    Class<? extends SpecificRecord> wanted = fixed;
    Class<? extends SpecificRecord> type =
        wanted != null ? wanted : byWriter.computeIfAbsent(writer, ReaderTypes::named);
    SpecificData data = SpecificData.getForClass(type);
    return (DatumReader<T>) new SpecificDatumReader<>(writer, data.getSchema(type), data);
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
