package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The bytes around an Avro record. Classic form, which we write: {@code 00}, the schema id as four
 * bytes in network order, the record. Newer form, which we also read: the reference stands in the
 * record header {@code __value_schema_id} (or {@code __key_schema_id}) as {@code 01} and the 16
 * bytes of a GUID, and the value is the bare record.
 *
 * @param reference the writer's schema
 * @param offset where the record begins in the value
 */
record WireFrame(SchemaReference reference, int offset) {
  static final int CLASSIC_LENGTH = 5;
  private static final byte CLASSIC = 0;
  private static final byte GUID = 1;
  private static final int GUID_LENGTH = 17;

  static String headerName(boolean isKey) {
    return isKey ? "__key_schema_id" : "__value_schema_id";
  }

  static byte[] classicHeader(int id) {
    return ByteBuffer.allocate(CLASSIC_LENGTH).put(CLASSIC).putInt(id).array();
  }

  static WireFrame of(@Nullable Headers headers, boolean isKey, byte[] bytes) {
    Header header = headers == null ? null : headers.lastHeader(headerName(isKey));
    if (header != null && header.value() != null) {
      return new WireFrame(inHeader(header.value()), 0);
    }
    if (bytes.length < CLASSIC_LENGTH || bytes[0] != CLASSIC) {
      throw new Fault(
          FaultCode.WIRE_FORMAT,
          "the record does not begin with 00 and a 4-byte schema id; it was not written by an Avro"
              + " serializer with a schema registry");
    }
    return new WireFrame(id(ByteBuffer.wrap(bytes)), CLASSIC_LENGTH);
  }

  /** Registries count from 1; some answer other ids with an error of their own instead of a no. */
  private static SchemaReference id(ByteBuffer header) {
    int id = header.getInt(1);
    if (id < 1) {
      throw new Fault(FaultCode.WIRE_FORMAT, "the record's schema id " + id + " is impossible");
    }
    return new SchemaReference.Id(id);
  }

  private static SchemaReference inHeader(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    if (value.length == CLASSIC_LENGTH && value[0] == CLASSIC) {
      return id(buffer);
    }
    if (value.length == GUID_LENGTH && value[0] == GUID) {
      return new SchemaReference.Guid(new UUID(buffer.getLong(1), buffer.getLong(9)));
    }
    throw new Fault(
        FaultCode.WIRE_FORMAT, "the schema reference in the record's headers is malformed");
  }
}
