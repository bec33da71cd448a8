package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Records to bytes and back, whatever the bytes say. */
final class AvroBytes {
  private static final int EXPECTED_BYTES = 512;

  private AvroBytes() {}

  /** Header and record. What the direct writer refuses Avro's own refuses with better words. */
  static byte[] write(SpecificRecord record, Encoding encoding) {
    DirectWriter direct = encoding.direct();
    if (direct != null) {
      try {
        WireBuffer out = new WireBuffer(EXPECTED_BYTES);
        out.raw(WireFrame.classicHeader(encoding.writer().id()));
        direct.write(record, out);
        return out.toBytes();
      } catch (NullPointerException | ClassCastException e) {
        return write(record, encoding.writer());
      }
    }
    return write(record, encoding.writer());
  }

  /** Header and record. A record whose own schema is another one is converted by Avro's rules. */
  static byte[] write(SpecificRecord record, WriterSchema writer) {
    Schema own = record.getSchema();
    DatumWriter<Object> direct = new SpecificDatumWriter<>(own, dataOf(record));
    byte[] header = WireFrame.classicHeader(writer.id());
    try {
      if (own.equals(writer.schema())) {
        return encode(direct, record, header);
      }
      byte[] bare = encode(direct, record, new byte[0]);
      GenericDatumReader<Object> convert = new GenericDatumReader<>(own, writer.schema());
      Object converted = read(convert, bare, 0);
      return encode(
          new GenericDatumWriter<>(writer.schema(), GenericData.get()), converted, header);
    } catch (IOException | RuntimeException e) {
      throw new Fault(
          FaultCode.WIRE_FORMAT, "cannot write a " + own.getName() + ": " + e.getMessage(), e);
    }
  }

  /** Generated records hold theirs; to look it up by reflection takes as long as to write one. */
  private static SpecificData dataOf(SpecificRecord record) {
    return record instanceof SpecificRecordBase generated
        ? generated.getSpecificData()
        : SpecificData.getForSchema(record.getSchema());
  }

  private static byte[] encode(DatumWriter<Object> writer, Object record, byte[] header)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(EXPECTED_BYTES);
    out.write(header);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    writer.write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /**
   * Reads one record that must fill the bytes from {@code offset} to the end. Avro checks every
   * stated length against the bytes that are left before it allocates anything.
   */
  static <R> R read(DatumReader<R> reader, byte[] bytes, int offset) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
    R record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over after the record");
    }
    return record;
  }
}
