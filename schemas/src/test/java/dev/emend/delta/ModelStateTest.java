package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStateTest {
  private static final ExactUpdate UPDATE = ExactUpdate.sequential();

  @TempDir Path temp;
  private ModelState base;

  @BeforeEach
  void openBase() throws IOException {
    base = ModelState.open("capitals", TestDeltas.folder(temp.resolve("base"), 5));
  }

  @Test
  void shouldStartAtVersionZeroWithTheDigestOfTheFolder() {
    assertThat(base.version().version()).isZero();
    assertThat(base.version().digest()).isEqualTo(ModelDigest.of(base.folder()).value());
    assertThat(base.base()).isEqualTo(base.version().digest());
    assertThat(base.version().chainHash()).isEqualTo(ChainHash.ofBase(base.base()));
    assertThat(base.edited()).isEmpty();
  }

  @Test
  void shouldLeaveTheParentAsItWas() {
    float[] before = base.floats(TestDeltas.LINEAR.name());

    StagedVersion staged = base.stage(DeltaKind.WINDOW, List.of(TestSteps.linear(1)), UPDATE);

    assertThat(base.floats(TestDeltas.LINEAR.name())).containsExactly(before);
    assertThat(staged.parent()).isSameAs(base);
    assertThat(staged.result().version().version()).isEqualTo(1);
    assertThat(staged.result().edited()).containsExactly(TestDeltas.LINEAR.name());
    assertThat(staged.result().floats(TestDeltas.LINEAR.name())).isNotEqualTo(before);
  }

  @Test
  void shouldKeepTheDigestEqualToThatOfAllWeights() {
    ModelState head = TestSteps.advance(base, 4).result();
    ModelSnapshot.write(head, temp.resolve("snapshot"));

    ModelDigest rehashed = ModelDigest.of(ModelFolder.open(temp.resolve("snapshot")));

    assertThat(rehashed).isEqualTo(head.digest());
    assertThat(rehashed.tensors()).isEqualTo(head.digest().tensors());
  }

  @Test
  void shouldContinueFromASnapshotWithTheSameBits() {
    ModelState third = TestSteps.advance(base, 3).result();
    ModelSnapshot.write(third, temp.resolve("snapshot"));
    ModelState restored = ModelSnapshot.open("capitals", temp.resolve("snapshot"));

    assertThat(restored.version()).isEqualTo(third.version());
    assertThat(restored.base()).isEqualTo(base.base());
    assertThat(TestSteps.advance(restored, 2).result().version())
        .isEqualTo(TestSteps.advance(base, 5).result().version());
  }

  @Test
  void shouldRefuseASnapshotOfAnotherModelOrWithOtherWeights() throws IOException {
    Path path = temp.resolve("snapshot");
    ModelSnapshot.write(TestSteps.advance(base, 1).result(), path);
    assertFault(FaultCode.VERSION_CHAIN, () -> ModelSnapshot.open("mayors", path));

    TestSteps.flipLastByte(path.resolve(ModelFolder.WEIGHTS));
    assertFault(FaultCode.DIGEST_MISMATCH, () -> ModelSnapshot.open("capitals", path));
  }

  @Test
  void shouldSendNewValuesWhereFactorsWouldTakeMoreBytes() {
    TensorEdit wide =
        new TensorEdit(
            TestDeltas.CONV1D.name(),
            WeightLayout.IN_OUT,
            TestDeltas.factors(new Random(1), 5, 8, 8));

    StagedVersion staged = base.stage(DeltaKind.WINDOW, List.of(wide), UPDATE);

    TensorUpdate sent = staged.tensors().get(0).edit().update();
    assertThat(sent).isInstanceOf(DenseValues.class);
    float[] values = staged.result().floats(TestDeltas.CONV1D.name());
    assertThat(((DenseValues) sent).values()).isEqualTo(FloatBuffer.wrap(values));
  }

  @Test
  void shouldRefuseAStepWhoseResultIsNotFinite() {
    float[] huge = {Float.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0};
    TensorEdit edit =
        new TensorEdit(
            TestDeltas.CONV1D.name(), WeightLayout.IN_OUT, LowRankFactors.of(1, 8, 8, huge, huge));
    assertFault(FaultCode.NUMERICS, () -> base.stage(DeltaKind.WINDOW, List.of(edit), UPDATE));
  }

  @Test
  void shouldRefuseEditsThatDoNotFitTheModel() {
    TensorEdit linear = TestSteps.linear(1);
    assertThatThrownBy(() -> base.stage(DeltaKind.WINDOW, List.of(linear, linear), UPDATE))
        .isInstanceOf(IllegalArgumentException.class);
    TensorEdit swapped = new TensorEdit(linear.name(), WeightLayout.IN_OUT, linear.update());
    assertThatThrownBy(() -> base.stage(DeltaKind.WINDOW, List.of(swapped), UPDATE))
        .hasMessageContaining("do not fit");
    TensorEdit unknown = new TensorEdit("h.9.weight", WeightLayout.IN_OUT, linear.update());
    assertFault(
        FaultCode.MODEL_INCOMPLETE, () -> base.stage(DeltaKind.WINDOW, List.of(unknown), UPDATE));
  }

  private static void assertFault(FaultCode code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
