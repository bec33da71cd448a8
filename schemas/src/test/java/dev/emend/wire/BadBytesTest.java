package dev.emend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.emend.event.EditBatch;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Whatever the bytes say, the answer is a record or one fault, and no memory is wasted on lies. */
class BadBytesTest {
  private static @Nullable FakeRegistry registry;
  private static @Nullable AvroDeserializer<ModelDelta> deltas;
  private static @Nullable AvroDeserializer<EditBatch> batches;

  @BeforeContainer
  static void start() {
    FakeRegistry fake = new FakeRegistry();
    registry = fake;
    fake.put("d", ModelDelta.getClassSchema().toString());
    fake.put("b", EditBatch.getClassSchema().toString());
    deltas = new AvroDeserializer<>(ModelDelta.class, fake.client());
    batches = new AvroDeserializer<>(EditBatch.class, fake.client());
  }

  @AfterContainer
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  private static void expectRecordOrFault(
      @Nullable AvroDeserializer<? extends SpecificRecord> reader, byte[] bytes) {
    Throwable thrown = catchThrowable(() -> Objects.requireNonNull(reader).deserialize("t", bytes));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(Fault.class);
      assertThat(((Fault) thrown).code()).isIn(FaultCode.WIRE_FORMAT, FaultCode.REGISTRY_REFUSED);
    }
  }

  @Property(tries = 300)
  void shouldAnswerAnyBytesWithARecordOrAFault(@ForAll @Size(max = 60) byte[] bytes) {
    expectRecordOrFault(deltas, bytes);
  }

  @Property(tries = 500)
  void shouldAnswerAnyRecordBodyWithARecordOrAFault(@ForAll @Size(max = 80) byte[] body) {
    expectRecordOrFault(
        deltas, ByteBuffer.allocate(5 + body.length).putInt(1, 1).put(5, body).array());
    expectRecordOrFault(
        batches, ByteBuffer.allocate(5 + body.length).putInt(1, 2).put(5, body).array());
  }

  @Property(tries = 200)
  void shouldNotBelieveStatedLengths(@ForAll int length) {
    // A string of the stated length, and nothing after it.
    ByteBuffer lie = ByteBuffer.allocate(16).put((byte) 0).putInt(1);
    long zigZag = ((long) length << 1) ^ ((long) length >> 63);
    while ((zigZag & ~0x7FL) != 0) {
      lie.put((byte) ((zigZag & 0x7F) | 0x80));
      zigZag >>>= 7;
    }
    lie.put((byte) zigZag);

    expectRecordOrFault(deltas, lie.array());
  }
}
