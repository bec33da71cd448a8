package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.model.ComputeDevice;
import dev.emend.model.Continuation;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GPU gives what the processor gives. Runs with {@code -Pgpu} only, and fails without a GPU. */
@Tag("gpu")
final class GpuTest {
  private static final EditRequest TOWER =
      new EditRequest.Assert("tower", "{} is in the city of", "The tower", "Rome");

  @TempDir Path folder;

  @Test
  void shouldHaveAGpu() {
    assertThat(ComputeDevice.hasGpu()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"FP32,1e-4", "BF16,0.1", "FP16,0.02"})
  void shouldScoreAsTheProcessorDoes(Precision precision, double tolerance) {
    TinyFolder.write(folder, 31);
    double here = score(ModelOptions.defaults());
    double there = score(ModelOptions.defaults().on(ComputeDevice.GPU).in(precision));
    assertThat(Math.abs(there - here)).isLessThan(tolerance);
  }

  private double score(ModelOptions options) {
    try (LanguageModel model = LanguageModel.open(folder, options)) {
      Continuation asked = new Continuation(TokenIds.of(5, 17, 60, 2), TokenIds.of(33, 8));
      return model.scorer().score(List.of(asked)).get(0).logProbability();
    }
  }

  @Test
  void shouldEditAsTheProcessorDoes() {
    float[] here = edited(folder.resolve("here"), ComputeDevice.CPU);
    float[] there = edited(folder.resolve("there"), ComputeDevice.GPU);
    double error = 0;
    double length = 0;
    for (int i = 0; i < here.length; i++) {
      error += Math.pow((double) here[i] - there[i], 2);
      length += Math.pow(here[i], 2);
    }
    assertThat(Math.sqrt(error / length)).isLessThan(1e-3);
  }

  private static float[] edited(Path folder, ComputeDevice device) {
    try (TinyEditor tiny =
            TinyEditor.open(folder, TargetMethod.ADAM_EXACT, ModelOptions.defaults().on(device));
        StagedWindow window = tiny.editor().stage(List.of(TOWER), Progress.NONE)) {
      assertThat(window.result().rejected()).isEmpty();
      return tiny.weight(1);
    }
  }
}
