package dev.emend.wire;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one schema, as Avro's own writer does, which looks up the kind, the
 * conversion and the branch of each value anew for each record; here that is done once a schema,
 * which must not contain itself. Immutable and thread-safe.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Binary
 *     encoding</a>
 */
@FunctionalInterface
interface DirectWriter {

  /**
   * Writes one value; a {@link RuntimeException} if it is none of the schema.
   *
   * @param value null only where the schema allows it
   */
  void write(Object value, WireBuffer out);

  /** The writer of a schema; empty if it holds a kind that our records do not use. */
  static Optional<DirectWriter> of(Schema schema) {
    if (schema.getLogicalType() != null) {
      boolean instant = schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
      return instant
          ? Optional.of((value, out) -> out.number(((Instant) value).toEpochMilli()))
          : Optional.empty();
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ARRAY -> of(schema.getElementType()).map(DirectWriter::array);
      case MAP -> of(schema.getValueType()).map(DirectWriter::map);
      case UNION -> optional(schema);
      case ENUM -> Optional.of((value, out) -> out.number(schema.getEnumOrdinal(value.toString())));
      default -> Optional.ofNullable(plain(schema.getType()));
    };
  }

  private static @Nullable DirectWriter plain(Schema.Type type) {
    return switch (type) {
      case STRING -> (value, out) -> out.text((String) value);
      case BYTES -> (value, out) -> out.block((ByteBuffer) value);
      case INT -> (value, out) -> out.number((Integer) value);
      case LONG -> (value, out) -> out.number((Long) value);
      case FLOAT -> (value, out) -> out.bits(Float.floatToRawIntBits((Float) value), Float.BYTES);
      case DOUBLE ->
          (value, out) -> out.bits(Double.doubleToRawLongBits((Double) value), Double.BYTES);
      case BOOLEAN -> (value, out) -> out.flag((Boolean) value);
      default -> null;
    };
  }

  private static Optional<DirectWriter> record(Schema schema) {
    List<DirectWriter> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Optional<DirectWriter> writer = of(field.schema());
      if (writer.isEmpty()) {
        return Optional.empty();
      }
      fields.add(writer.get());
    }
    DirectWriter[] writers = fields.toArray(DirectWriter[]::new);
    return Optional.of(
        (value, out) -> {
          IndexedRecord record = (IndexedRecord) value;
          for (int i = 0; i < writers.length; i++) {
            writers[i].write(record.get(i), out);
          }
        });
  }

  private static DirectWriter array(DirectWriter element) {
    return (value, out) -> {
      Collection<?> items = (Collection<?>) value;
      if (!items.isEmpty()) {
        out.number(items.size());
        items.forEach(item -> element.write(item, out));
      }
      out.number(0);
    };
  }

  private static DirectWriter map(DirectWriter values) {
    return (value, out) -> {
      Map<?, ?> entries = (Map<?, ?>) value;
      if (!entries.isEmpty()) {
        out.number(entries.size());
        entries.forEach(
            (key, item) -> {
              out.text((String) key);
              values.write(item, out);
            });
      }
      out.number(0);
    };
  }

  /** A value or null, in either order. */
  private static Optional<DirectWriter> optional(Schema union) {
    List<Schema> branches = union.getTypes();
    int nothing = union.isNullable() ? union.getIndexNamed("null") : -1;
    if (branches.size() != 2 || nothing < 0) {
      return Optional.empty();
    }
    int something = 1 - nothing;
    return of(branches.get(something))
        .map(
            some ->
                (value, out) -> {
                  out.number(value == null ? nothing : something);
                  if (value != null) {
                    some.write(value, out);
                  }
                });
  }
}
