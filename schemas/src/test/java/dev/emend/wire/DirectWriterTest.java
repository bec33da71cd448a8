package dev.emend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.DeltaChunk;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectWriterTest {
  private static final int RECORDS = 200;

  static Stream<Schema> schemas() {
    return Stream.of(
        FactChange.getClassSchema(),
        FactOutcome.getClassSchema(),
        EditBatch.getClassSchema(),
        EditFeedback.getClassSchema(),
        ModelDelta.getClassSchema(),
        ModelHead.getClassSchema(),
        LedgerEntry.getClassSchema(),
        DeltaChunk.getClassSchema());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldWriteWhatAvroWrites(Schema schema) throws IOException {
    WriterSchema writer = new WriterSchema(7, schema);
    Encoding encoding = Encoding.of(schema, writer);
    assertThat(encoding.direct()).as("no kind of %s is unknown", schema.getName()).isNotNull();
    RandomRecords random = new RandomRecords(new Random(11));
    for (int i = 0; i < RECORDS; i++) {
      SpecificRecord record = specific(schema, random.record(schema));
      assertThat(AvroBytes.write(record, encoding)).isEqualTo(AvroBytes.write(record, writer));
    }
  }

  @Test
  void shouldSayWhatIsMissing() {
    Schema schema = FactChange.getClassSchema();
    Encoding encoding = Encoding.of(schema, new WriterSchema(1, schema));
    assertThatThrownBy(() -> AvroBytes.write(new FactChange(), encoding))
        .hasMessageContaining("event_id");
  }

  @Test
  void shouldLeaveUnionsOfSeveralKindsToAvro() {
    Schema text = Schema.create(Schema.Type.STRING);
    Schema number = Schema.create(Schema.Type.LONG);
    assertThat(DirectWriter.of(Schema.createUnion(List.of(text, number)))).isEmpty();
  }

  private static SpecificRecord specific(Schema schema, GenericData.Record record)
      throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
    encoder.flush();
    var decoder = DecoderFactory.get().binaryDecoder(out.toByteArray(), null);
    return new SpecificDatumReader<SpecificRecord>(schema).read(null, decoder);
  }
}
