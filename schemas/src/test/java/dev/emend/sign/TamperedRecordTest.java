package dev.emend.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.TensorDelta;
import dev.emend.event.VersionFact;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every field is signed but those named here; a new field is refused until somebody decides. */
class TamperedRecordTest {
  private static final Set<String> UNSIGNED_OF_DELTA =
      Set.of("canary", "seconds", "recipe", "signature");
  private static final Set<String> UNSIGNED_OF_TENSOR =
      Set.of("inline", "chunk_key", "chunks", "blob");
  private static final Set<String> UNSIGNED_OF_HEAD = Set.of("signature");

  private final SigningKey key = SigningKey.generate();
  private final Trust trust = SignedRecords.trust(key);

  @Test
  void shouldBelieveWhatItsKeySigned() {
    assertThatCode(() -> trust.require(key.sign(SignedRecords.delta()))).doesNotThrowAnyException();
    assertThatCode(() -> trust.require(key.sign(SignedRecords.head()))).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseADeltaWithAnyFieldChanged() {
    for (Schema.Field field : ModelDelta.getClassSchema().getFields()) {
      if (!UNSIGNED_OF_DELTA.contains(field.name())) {
        ModelDelta delta = copy(key.sign(SignedRecords.delta()));
        change(delta, field);
        expectWrong(field.name(), () -> trust.require(delta));
      }
    }
  }

  @Test
  void shouldRefuseADeltaWithAnyFieldOfATensorChanged() {
    for (Schema.Field field : TensorDelta.getClassSchema().getFields()) {
      if (!UNSIGNED_OF_TENSOR.contains(field.name())) {
        ModelDelta delta = copy(key.sign(SignedRecords.delta()));
        change(delta.getTensors().get(1), field);
        expectWrong(field.name(), () -> trust.require(delta));
      }
    }
  }

  @Test
  void shouldRefuseADeltaWithAnyFieldOfAFactChanged() {
    for (Schema.Field field : VersionFact.getClassSchema().getFields()) {
      ModelDelta delta = copy(key.sign(SignedRecords.delta()));
      change(delta.getFacts().get(1), field);
      expectWrong(field.name(), () -> trust.require(delta));
    }
  }

  @Test
  void shouldRefuseAPositionWithAnyFieldChanged() {
    for (Schema.Field field : ModelHead.getClassSchema().getFields()) {
      if (!UNSIGNED_OF_HEAD.contains(field.name())) {
        ModelHead head = copy(key.sign(SignedRecords.head()));
        change(head, field);
        expectWrong(field.name(), () -> trust.require(head));
      }
    }
  }

  @Test
  void shouldRefuseEveryFlippedBitOfASignature() {
    ModelDelta signed = key.sign(SignedRecords.delta());
    for (int bit = 0; bit < 64 * 8; bit += 7) {
      ModelDelta delta = copy(signed);
      flip(delta.getSignature().getValue(), bit);
      expectWrong("bit " + bit, () -> trust.require(delta));
    }
    ModelDelta cut = copy(signed);
    cut.getSignature().setValue(ByteBuffer.allocate(0));
    expectWrong("an empty signature", () -> trust.require(cut));
  }

  @Test
  void shouldNotLetTextMoveFromOneFieldToItsNeighbour() {
    ModelDelta delta = key.sign(SignedRecords.delta());
    delta.setFactIds(List.of("s|r"));
    delta.setEventIds(List.of("t|r", "e1", "e2"));
    expectWrong("a moved fact", () -> trust.require(delta));
    ModelDelta joined = key.sign(SignedRecords.delta());
    joined.setEventIds(List.of("e1,2:e2"));
    expectWrong("joined events", () -> trust.require(joined));
  }

  @Test
  void shouldNotTakeTheSignatureOfAPositionForThatOfAVersion() {
    ModelDelta delta = SignedRecords.delta();
    delta.setSignature(key.sign(SignedRecords.head()).getSignature());
    expectWrong("a head's signature", () -> trust.require(delta));
  }

  private static void expectWrong(String what, ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).as(what).isNotNull();
    assertThat(fault.code()).as(what).isEqualTo(FaultCode.SIGNATURE_WRONG);
  }

  private static <T extends SpecificRecord> T copy(T record) {
    return SpecificData.get().deepCopy(record.getSchema(), record);
  }

  private static void change(SpecificRecord record, Schema.Field field) {
    record.put(field.pos(), changed(record.get(field.pos()), field));
  }

  private static Object changed(Object value, Schema.Field field) {
    if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Instant at) {
      return at.plusMillis(1);
    } else if (value instanceof ByteBuffer bytes) {
      flip(bytes, 3);
      return bytes;
    } else if (value instanceof Enum<?> constant) {
      return Stream.of(constant.getDeclaringClass().getEnumConstants())
          .filter(other -> !other.equals(constant))
          .findFirst()
          .orElseThrow();
    } else if (value instanceof List<?> list) {
      return new ArrayList<>(list.subList(0, list.size() - 1));
    }
    throw new AssertionError("this test cannot change " + field);
  }

  private static void flip(ByteBuffer bytes, int bit) {
    bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ (1 << bit % 8)));
  }
}
