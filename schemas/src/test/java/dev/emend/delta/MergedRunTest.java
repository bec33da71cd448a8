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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedRunTest {
  private static final ExactUpdate UPDATE = ExactUpdate.sequential();
  private static final DeltaPackager PACKAGER = DeltaPackager.forDefaultBroker();

  @TempDir Path temp;
  private ModelState base;
  private final List<ModelState> states = new ArrayList<>();
  private final List<ModelDelta> deltas = new ArrayList<>();
  private int payloadsRead;

  @BeforeEach
  void openBase() throws IOException {
    base = ModelState.open("capitals", TestDeltas.folder(temp.resolve("base"), 5));
    states.add(base);
  }

  private void step(StagedVersion staged) {
    states.add(staged.result());
    deltas.add(TestSteps.record(PACKAGER.pack(staged)));
  }

  private ModelState head() {
    return states.get(states.size() - 1);
  }

  private void windows(int count) {
    for (int i = 0; i < count; i++) {
      step(TestSteps.next(head()));
    }
  }

  private void replaceLinear() {
    TensorEdit replaced =
        new TensorEdit(
            TestDeltas.LINEAR.name(),
            TestSteps.linear(1).layout(),
            DenseValues.of(states.get(1).floats(TestDeltas.LINEAR.name())));
    step(head().stage(DeltaKind.CONSOLIDATION, List.of(replaced), UPDATE));
  }

  private ByteBuffer counted(TensorDelta tensor) {
    payloadsRead++;
    return PayloadSource.INLINE.payload(tensor);
  }

  private ModelState followed(int from, int to) {
    List<DeltaStep> steps =
        deltas.subList(from, to).stream().map(d -> new DeltaStep(d, this::counted)).toList();
    return states.get(from).follow(steps, UPDATE);
  }

  @Test
  void shouldEndWithTheBitsOfStepByStepFromAnyVersionToAnyLaterOne() {
    windows(3);
    replaceLinear();
    windows(3);
    for (int from = 0; from < deltas.size(); from++) {
      for (int to = from + 1; to <= deltas.size(); to++) {
        ModelState merged = followed(from, to);
        ModelState expected = states.get(to);
        assertThat(merged.version()).isEqualTo(expected.version());
        assertThat(merged.digest()).isEqualTo(expected.digest());
        for (String name : base.folder().names()) {
          assertThat(TestDeltas.bits(merged.floats(name)))
              .isEqualTo(TestDeltas.bits(expected.floats(name)));
        }
      }
    }
  }

  @Test
  void shouldReadNothingThatALaterReplacementMakesWorthless() {
    windows(3);
    replaceLinear();
    windows(1);

    followed(0, 5);

    // Four updates of the matrix that is not replaced, the replacement, and one update after it.
    assertThat(payloadsRead).isEqualTo(4 + 1 + 1);
  }

  @Test
  void shouldRefuseAGapAForkAndAWrongChainWithinTheRun() {
    windows(3);
    List<DeltaStep> gap = List.of(step(0), step(2));
    refused(gap, FaultCode.VERSION_CHAIN, "versions from 2 are missing");

    ModelDelta wrong = deltas.get(1);
    wrong.setChainHash(deltas.get(2).getChainHash());
    refused(List.of(step(0), step(1)), FaultCode.VERSION_CHAIN, "chain hash differs");
  }

  @Test
  void shouldRefuseAPayloadAndWeightsWithAnotherDigestThanStated() {
    windows(3);
    TensorDelta tensor = deltas.get(1).getTensors().get(0);
    ByteBuffer good = tensor.getInline();
    ByteBuffer bad = ByteBuffer.allocate(good.remaining()).put(good.duplicate()).rewind();
    tensor.setInline(bad.put(40, (byte) (bad.get(40) ^ 1)));
    List<DeltaStep> run = List.of(step(0), step(1), step(2));
    refused(run, FaultCode.DIGEST_MISMATCH, "version 2 of capitals");

    tensor.setSha256(dev.emend.weights.Digest32.sha256(bad).buffer());
    refused(run, FaultCode.DIGEST_MISMATCH, "does not end with the values");
  }

  private DeltaStep step(int index) {
    return new DeltaStep(deltas.get(index), PayloadSource.INLINE);
  }

  private void refused(List<DeltaStep> steps, FaultCode code, String reason) {
    assertThatThrownBy(() -> base.follow(steps, UPDATE))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }
}
