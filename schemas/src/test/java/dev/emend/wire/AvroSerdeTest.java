package dev.emend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.event.FactOp;
import dev.emend.event.ModelHead;
import dev.emend.event.Neighbour;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final Neighbour ROME = new Neighbour("Rome is in", "Italy");

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  private AvroSerde<Neighbour> serde(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>(registry.settings());
    settings.put(WireConfig.VALUE_TYPE, Neighbour.class.getName());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    AvroSerde<Neighbour> serde = new AvroSerde<>();
    serde.configure(settings, false);
    return serde;
  }

  private static Fault fault(Runnable action) {
    return catchThrowableOfType(Fault.class, action::run);
  }

  private static byte[] write(AvroSerde<Neighbour> serde, Neighbour value) {
    return serde.serializer().serialize("t", value);
  }

  private static Neighbour read(AvroSerde<Neighbour> serde, byte[] bytes) {
    return serde.deserializer().deserialize("t", bytes);
  }

  private static byte[] encode(Schema schema, String... values) {
    GenericData.Record record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    try (java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] framed(int id, byte[] record) {
    return ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
  }

  @Test
  void shouldWriteTheClassicHeaderAndAvroBinary() {
    // One zero byte, the id in network order, then two strings, each with its zig-zag length.
    assertThat(HexFormat.of().formatHex(write(serde(), ROME)))
        .isEqualTo("00" + "00000001" + "14" + "526f6d6520697320696e" + "0a" + "4974616c79");
    assertThat(registry.subjects()).containsExactly("t-value");
  }

  @Test
  void shouldReadWhatItWroteWithTimestampsAndNulls() {
    ModelHead head =
        ModelHead.newBuilder()
            .setModel("m")
            .setAlias("live")
            .setVersion(3)
            .setDigest(ByteBuffer.wrap(new byte[32]))
            .setChainHash(ByteBuffer.wrap(new byte[32]))
            .setMovedAt(Instant.parse("2026-01-02T03:04:05.678Z"))
            .build();
    AvroSerde<ModelHead> serde = AvroSerde.of(ModelHead.class, registry.client());

    byte[] bytes = serde.serializer().serialize("h", head);

    assertThat(serde.deserializer().deserialize("h", bytes)).isEqualTo(head);
    assertThat(serde.serializer().serialize("h", null)).isNull();
    assertThat(serde.deserializer().deserialize("h", null)).isNull();
  }

  @Test
  void shouldReadRecordsOfAnOlderAndOfANewerWriter() {
    Schema newer =
        SchemaBuilder.record("Neighbour")
            .namespace("dev.emend.event")
            .fields()
            .requiredString("expected")
            .optionalString("added_later")
            .requiredString("prompt")
            .endRecord();
    int id = registry.put("s", newer.toString());

    assertThat(read(serde(), framed(id, encode(newer, "Italy", "new", "Rome is in"))))
        .isEqualTo(ROME);
  }

  @Test
  void shouldRefuseAWriterWithoutAFieldThatWeNeed() {
    Schema lacking =
        SchemaBuilder.record("Neighbour")
            .namespace("dev.emend.event")
            .fields()
            .requiredString("prompt")
            .endRecord();
    int id = registry.put("s", lacking.toString());

    Fault fault = fault(() -> read(serde(), framed(id, encode(lacking, "Rome is in"))));

    assertThat(fault.code()).isEqualTo(FaultCode.WIRE_FORMAT);
    assertThat(fault).hasMessageContaining("expected");
  }

  @Test
  void shouldReadTheNewerFormWithAGuidInTheHeaders() {
    UUID guid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
    registry.knowGuid(guid, Neighbour.getClassSchema().toString());
    byte[] reference =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits())
            .array();
    Headers headers = new RecordHeaders().add("__value_schema_id", reference);
    byte[] bare = encode(Neighbour.getClassSchema(), "Rome is in", "Italy");

    assertThat(serde().deserializer().deserialize("t", headers, bare)).isEqualTo(ROME);
  }

  @Test
  void shouldReadAClassicIdInTheHeadersAndRefuseAnythingElseThere() {
    int id = registry.put("s", Neighbour.getClassSchema().toString());
    byte[] bare = encode(Neighbour.getClassSchema(), "Rome is in", "Italy");
    Headers classic = new RecordHeaders().add("__value_schema_id", WireFrame.classicHeader(id));
    Headers odd = new RecordHeaders().add("__value_schema_id", new byte[] {7, 7});

    assertThat(serde().deserializer().deserialize("t", classic, bare)).isEqualTo(ROME);
    assertThat(fault(() -> serde().deserializer().deserialize("t", odd, bare)).code())
        .isEqualTo(FaultCode.WIRE_FORMAT);
  }

  @Test
  void shouldFindTheClassByTheWritersNameWhenNoTypeIsSet() {
    AvroDeserializer<Neighbour> untyped = new AvroDeserializer<>();
    untyped.configure(registry.settings(), false);

    assertThat(untyped.deserialize("t", write(serde(), ROME))).isEqualTo(ROME);
  }

  @Test
  void shouldRefuseAWriterWhoseClassIsUnknownOrNoRecord() {
    AvroDeserializer<Neighbour> untyped = new AvroDeserializer<>();
    untyped.configure(registry.settings(), false);
    int foreign = registry.put("f", "{\"type\":\"record\",\"name\":\"x.Y\",\"fields\":[]}");
    int symbol = registry.put("e", FactOp.getClassSchema().toString());

    assertThat(fault(() -> untyped.deserialize("t", framed(foreign, new byte[0]))))
        .hasMessageContaining("x.Y");
    assertThat(fault(() -> untyped.deserialize("t", framed(symbol, new byte[1]))).code())
        .isEqualTo(FaultCode.WIRE_FORMAT);
  }

  @Test
  void shouldNameSubjectsByTheChosenStrategy() {
    String strategies = "io.confluent.kafka.serializers.subject.";
    write(serde(WireConfig.VALUE_NAMING, strategies + "RecordNameStrategy"), ROME);
    write(serde(WireConfig.VALUE_NAMING, strategies + "TopicRecordNameStrategy"), ROME);

    assertThat(registry.subjects())
        .containsExactly("dev.emend.event.Neighbour", "t-dev.emend.event.Neighbour");
    assertThat(fault(() -> serde(WireConfig.VALUE_NAMING, "Other"))).hasMessageContaining("Other");
  }

  @Test
  void shouldNotRegisterWhenToldNotTo() {
    AvroSerde<Neighbour> serde = serde(WireConfig.AUTO_REGISTER, "false");

    assertThat(fault(() -> write(serde, ROME)).code()).isEqualTo(FaultCode.REGISTRY_REFUSED);
    int id = registry.put("t-value", Neighbour.getClassSchema().toString());
    assertThat(write(serde, ROME)).startsWith(0, 0, 0, 0, id);
  }

  @Test
  void shouldWriteWithTheNewestSchemaWhenToldTo() {
    AvroSerde<Neighbour> serde =
        serde(WireConfig.AUTO_REGISTER, "false", WireConfig.USE_LATEST, "true");
    assertThat(fault(() -> write(serde, ROME))).hasMessageContaining("t-value");

    Schema newest =
        SchemaBuilder.record("Neighbour")
            .namespace("dev.emend.event")
            .fields()
            .requiredString("expected")
            .requiredString("prompt")
            .endRecord();
    int id = registry.put("t-value", newest.toString());

    assertThat(write(serde, ROME)).isEqualTo(framed(id, encode(newest, "Italy", "Rome is in")));
  }

  @Test
  void shouldRefuseRecordsAboveTheLargestSizeInBothDirections() {
    byte[] bytes = write(serde(), ROME);
    AvroSerde<Neighbour> small = serde(WireConfig.MAX_RECORD_SIZE, "10");

    assertThat(fault(() -> write(small, ROME)).code()).isEqualTo(FaultCode.WIRE_FORMAT);
    assertThat(fault(() -> read(small, bytes)).code()).isEqualTo(FaultCode.WIRE_FORMAT);
    assertThat(fault(() -> serde(WireConfig.MAX_RECORD_SIZE, "huge"))).hasMessageContaining("huge");
  }

  @Test
  void shouldRefuseARecordThatLacksARequiredField() {
    Neighbour lacking = new Neighbour();
    lacking.setPrompt("Rome is in");

    assertThat(fault(() -> write(serde(), lacking)).code()).isEqualTo(FaultCode.WIRE_FORMAT);
  }

  @Test
  void shouldPassOnThatTheRegistryIsDown() {
    AvroSerde<Neighbour> serde = serde();
    registry.close();

    assertThat(fault(() -> write(serde, ROME)).code()).isEqualTo(FaultCode.REGISTRY_UNAVAILABLE);
  }

  @Test
  void shouldRefuseToReturnGenericRecords() {
    assertThat(fault(() -> serde(WireConfig.SPECIFIC_READER, "false")).code())
        .isEqualTo(FaultCode.USAGE);
    assertThat(fault(() -> serde(WireConfig.VALUE_TYPE, "java.lang.String")))
        .hasMessageContaining("java.lang.String");
  }
}
