package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.delta.DenseValues;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.StagedVersion;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeNormTest {
  @TempDir Path folder;

  @Test
  void shouldBeTheSizeOfTheChangeOverThatOfTheWeights() {
    ModelState base = TinyModel.write(folder);
    float[] doubled = base.floats(TinyModel.TENSOR);
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 1.25f;
    }

    assertThat(ChangeNorm.of(staged(base, doubled))).isCloseTo(0.25, within(1e-6));
    assertThat(ChangeNorm.of(staged(base, base.floats(TinyModel.TENSOR)))).isZero();
  }

  private static StagedVersion staged(ModelState base, float[] values) {
    TensorEdit edit = new TensorEdit(TinyModel.TENSOR, WeightLayout.IN_OUT, DenseValues.of(values));
    return base.stage(DeltaKind.WINDOW, List.of(edit), ExactUpdate.sequential());
  }
}
