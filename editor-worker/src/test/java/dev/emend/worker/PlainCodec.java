package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/** Bare Avro, no registry; refuses to work while it is down, and records that are too large. */
final class PlainCodec implements RecordCodec {
  volatile boolean down;
  volatile int largest = Integer.MAX_VALUE;

  @Override
  public byte[] encode(String topic, SpecificRecord record) {
    requireUp();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      SpecificData data = SpecificData.getForSchema(record.getSchema());
      new SpecificDatumWriter<>(record.getSchema(), data).write(record, encoder);
      encoder.flush();
      if (out.size() > largest) {
        throw new Fault(FaultCode.WIRE_FORMAT, "a record of " + out.size() + " bytes");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T extends SpecificRecord> T decode(
      Class<T> type, String topic, Headers headers, byte[] bytes) {
    requireUp();
    try {
      SpecificData data = SpecificData.getForClass(type);
      SpecificDatumReader<T> reader =
          new SpecificDatumReader<>(data.getSchema(type), data.getSchema(type), data);
      return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException | RuntimeException e) {
      throw new Fault(FaultCode.WIRE_FORMAT, "unreadable: " + e.getMessage(), e);
    }
  }

  private void requireUp() {
    if (down) {
      throw new Fault(FaultCode.REGISTRY_UNAVAILABLE, "the registry is down");
    }
  }
}
