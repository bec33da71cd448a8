package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import dev.emend.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record on the wire, made up at random and then broken. */
class HostileWireTest {
  static Stream<Schema> schemas() {
    return Arrays.stream(Topic.values())
        .map(Topic::valueSchema)
        .flatMap(Optional::stream)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldRefuseBrokenRecordsCleanly(Schema schema) {
    try (FakeRegistry fake = new FakeRegistry()) {
      fake.put("s", schema.toString());
      Class<?> known = SpecificData.get().getClass(schema);
      Class<? extends SpecificRecord> type = known.asSubclass(SpecificRecord.class);
      AvroDeserializer<? extends SpecificRecord> reader =
          new AvroDeserializer<>(type, fake.client());
      HostileInput.attack(
          sound(schema),
          List.of("\u0001", "\u007f", "\u0000\u0000\u0000", "\u0002a"),
          bytes -> reader.deserialize("t", withId(bytes)),
          Fault.class,
          2);
    }
  }

  private static List<byte[]> sound(Schema schema) {
    List<byte[]> all = new ArrayList<>();
    for (Object datum : new RandomData(schema, 5, 7L)) {
      all.add(withId(bytes(schema, datum)));
    }
    return all;
  }

  private static byte[] bytes(Schema schema, Object datum) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[5]);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(schema, new GenericData()).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Else nearly every case would end at a schema that does not exist. */
  private static byte[] withId(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (int i = 0; i < Math.min(5, copy.length); i++) {
      copy[i] = (byte) (i == 4 ? 1 : 0);
    }
    return copy;
  }
}
