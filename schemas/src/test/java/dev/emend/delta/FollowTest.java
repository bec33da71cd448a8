package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
  private static final ExactUpdate UPDATE = ExactUpdate.sequential();
  private static final DeltaPackager PACKAGER = DeltaPackager.forDefaultBroker();

  @TempDir Path temp;
  private ModelState base;

  @BeforeEach
  void openBase() throws IOException {
    base = ModelState.open("capitals", TestDeltas.folder(temp.resolve("base"), 5));
  }

  @Test
  void shouldReplayAChainToTheSameBits() throws IOException {
    ModelState worker = base;
    ModelState subscriber = ModelState.open("capitals", TestDeltas.folder(temp.resolve("copy"), 5));
    for (int i = 0; i < 20; i++) {
      StagedVersion staged = TestSteps.next(worker);
      worker = staged.result();
      subscriber = follow(subscriber, TestSteps.record(PACKAGER.pack(staged))).result();
    }
    assertThat(subscriber.version()).isEqualTo(worker.version());
    assertThat(subscriber.version().version()).isEqualTo(20);
    for (String name : worker.edited()) {
      assertThat(TestDeltas.bits(subscriber.floats(name)))
          .isEqualTo(TestDeltas.bits(worker.floats(name)));
    }
  }

  @Test
  void shouldFollowARollbackThatRestoresEarlierValues() {
    ModelState head = TestSteps.advance(base, 3).result();
    TensorEdit back =
        new TensorEdit(
            TestDeltas.LINEAR.name(),
            TestSteps.linear(1).layout(),
            DenseValues.of(base.floats(TestDeltas.LINEAR.name())));
    StagedVersion rollback = head.stage(DeltaKind.ROLLBACK, List.of(back), UPDATE);

    ModelState followed = follow(head, TestSteps.record(PACKAGER.pack(rollback))).result();

    assertThat(followed.digest().tensor(back.name())).isEqualTo(base.digest().tensor(back.name()));
    assertThat(followed.version()).isEqualTo(rollback.result().version());
  }

  @Test
  void shouldRefuseAGapAndAnEarlierVersion() {
    StagedVersion second = TestSteps.advance(base, 2);
    ModelDelta two = TestSteps.record(PACKAGER.pack(second));
    assertRefused(base, two, FaultCode.VERSION_CHAIN, "versions from 1 are missing");
    assertRefused(second.result(), two, FaultCode.VERSION_CHAIN, "not after version 2");
  }

  @Test
  void shouldRefuseAForkAndAnotherModel() throws IOException {
    StagedVersion other = base.stage(DeltaKind.WINDOW, List.of(TestSteps.linear(77)), UPDATE);
    ModelDelta onOther = TestSteps.record(PACKAGER.pack(TestSteps.next(other.result())));
    ModelState first = TestSteps.next(base).result();
    assertRefused(first, onOther, FaultCode.VERSION_CHAIN, "version 2 of capitals is a fork");

    ModelState stranger = ModelState.open("capitals", TestDeltas.folder(temp.resolve("b"), 6));
    ModelDelta one = firstDelta(delta -> {});
    assertRefused(stranger, one, FaultCode.VERSION_CHAIN, "another base model");
    ModelState renamed = ModelState.open("mayors", base.folder());
    assertRefused(renamed, one, FaultCode.VERSION_CHAIN, "not one of the model mayors");
  }

  @Test
  void shouldRefuseAFlippedBitAnywhereInAPayload() {
    int length = (int) firstDelta(delta -> {}).getTensors().get(0).getLength();
    for (int at = 0; at < length; at++) {
      int position = at;
      ModelDelta flipped =
          firstDelta(d -> tensor(d).setInline(flipped(tensor(d).getInline(), position)));
      assertRefused(base, flipped, FaultCode.DIGEST_MISMATCH, "SHA-256");
    }
  }

  @Test
  void shouldRefuseAFlippedBitInAnyDigest() {
    assertRefused(
        base,
        firstDelta(d -> d.setBaseDigest(flipped(d.getBaseDigest(), 3))),
        FaultCode.VERSION_CHAIN,
        "");
    assertRefused(
        base,
        firstDelta(d -> d.setParentDigest(flipped(d.getParentDigest(), 3))),
        FaultCode.VERSION_CHAIN,
        "");
    assertRefused(
        base,
        firstDelta(d -> d.setChainHash(flipped(d.getChainHash(), 3))),
        FaultCode.VERSION_CHAIN,
        "");
    assertRefused(
        base, firstDelta(d -> d.setKind(DeltaKind.ROLLBACK)), FaultCode.VERSION_CHAIN, "");
    assertMismatch(d -> d.setResultDigest(flipped(d.getResultDigest(), 3)));
    assertMismatch(d -> tensor(d).setSha256(flipped(tensor(d).getSha256(), 3)));
    assertMismatch(d -> tensor(d).setBeforeSha256(flipped(tensor(d).getBeforeSha256(), 3)));
    assertMismatch(d -> tensor(d).setAfterSha256(flipped(tensor(d).getAfterSha256(), 3)));
  }

  @Test
  void shouldRefuseRecordsThatContradictTheirPayloadOrTheModel() {
    assertCorrupt(d -> tensor(d).setRank(3), "another encoding or rank");
    assertCorrupt(d -> tensor(d).setLength(5), "not 5");
    assertCorrupt(d -> tensor(d).setShape(List.of(8L, 9L)), "has shape");
    assertCorrupt(d -> tensor(d).setName("a"), "no float tensor of this model");
    assertCorrupt(d -> tensor(d).setInline(null), "not in the record");
    assertCorrupt(d -> d.setTensors(List.of(tensor(d), tensor(d))), "there twice");
    assertCorrupt(d -> d.setResultDigest(ByteBuffer.allocate(31)), "32 bytes");
    assertRefused(
        base, firstDelta(d -> d.setTensors(List.of())), FaultCode.DIGEST_MISMATCH, "digest");
  }

  private ModelDelta firstDelta(Consumer<ModelDelta> change) {
    ModelDelta delta = TestSteps.record(PACKAGER.pack(TestSteps.next(base)));
    change.accept(delta);
    return delta;
  }

  private static TensorDelta tensor(ModelDelta delta) {
    return delta.getTensors().get(0);
  }

  private static ByteBuffer flipped(ByteBuffer bytes, int at) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).rewind();
    return copy.put(at, (byte) (copy.get(at) ^ 1));
  }

  private void assertMismatch(Consumer<ModelDelta> change) {
    assertRefused(base, firstDelta(change), FaultCode.DIGEST_MISMATCH, "version 1 of capitals");
  }

  private void assertCorrupt(Consumer<ModelDelta> change, String reason) {
    assertRefused(base, firstDelta(change), FaultCode.DELTA_CORRUPT, reason);
  }

  private static StagedVersion follow(ModelState state, ModelDelta delta) {
    return state.follow(delta, PayloadSource.INLINE, UPDATE);
  }

  private static void assertRefused(
      ModelState state, ModelDelta delta, FaultCode code, String reason) {
    assertThatThrownBy(() -> follow(state, delta))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }
}
