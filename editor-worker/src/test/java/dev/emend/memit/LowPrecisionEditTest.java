package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.model.DownProjection;
import dev.emend.model.Precision;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LowPrecisionEditTest {
  private static final EditRequest TOWER =
      new EditRequest.Assert("tower", "{} is in the city of", "The tower", "Rome");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"BF16", "FP16"})
  void shouldReplayToTheSameBits(Precision precision) {
    try (TinyEditor tiny = open(precision)) {
      DownProjection projection = tiny.model().decoder().downProjection(1);
      float[] replayed = tiny.model().folder().floats(projection.name());
      try (StagedWindow window = tiny.editor().stage(List.of(TOWER), Progress.NONE)) {
        LowRankFactors factors = (LowRankFactors) window.result().tensors().get(1).update();
        ExactUpdate.sequential()
            .apply(
                replayed,
                new MatrixShape(projection.layout(), projection.outputs(), projection.inputs()),
                factors);
        assertThat(tiny.weight(1)).isEqualTo(replayed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"BF16,0.2", "FP16,0.02"})
  void shouldFindNearlyTheTargetsOfFullPrecision(Precision precision, double tolerance) {
    float[] low = target(precision);
    float[] exact = target(Precision.FP32);
    double error = 0;
    double length = 0;
    for (int i = 0; i < exact.length; i++) {
      error += Math.pow((double) low[i] - exact[i], 2);
      length += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(error / length)).isPositive().isLessThan(tolerance);
  }

  private float[] target(Precision precision) {
    try (TinyEditor tiny = open(precision);
        StagedWindow window = tiny.editor().stage(List.of(TOWER), Progress.NONE)) {
      return window.result().written().get(0).target().z().toArray();
    }
  }

  private TinyEditor open(Precision precision) {
    return TinyEditor.open(
        folder.resolve(precision.toString()), TargetMethod.NORMALISED, precision);
  }
}
