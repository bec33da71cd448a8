package dev.emend.wire;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the records of one class are written to one topic.
 *
 * @param own schema of the class
 * @param writer schema on the wire
 * @param direct writes it; null if the two differ, or if it holds what only Avro's own writer knows
 */
record Encoding(Schema own, WriterSchema writer, @Nullable DirectWriter direct) {

  static Encoding of(Schema own, WriterSchema writer) {
    boolean same = own.equals(writer.schema());
    return new Encoding(own, writer, same ? DirectWriter.of(own).orElse(null) : null);
  }
}
