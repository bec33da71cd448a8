package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.emend.token.TokenIds;
import dev.emend.weights.Dtype;
import dev.emend.weights.FloatBlocks;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PrecisionTest {
  private static final TokenIds ROW = TokenIds.of(5, 17, 60, 2, 2, 33, 8);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"BF16,4e-2", "FP16,4e-3"})
  void shouldGiveNearlyTheLogitsOfFullPrecision(Precision precision, double tolerance) {
    TinyFolder.write(folder, 21);
    double error = distance(logits(precision), logits(Precision.FP32));
    assertThat(error).isLessThan(tolerance).as("rounded at all").isPositive();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldHoldEditedMatricesExactlyAsStored(Precision precision) {
    TinyFolder.write(folder, 22);
    try (LanguageModel model = open(precision)) {
      DownProjection down = model.decoder().downProjection(1);
      float[] stored = model.folder().floats(down.name());
      assertThat(down.values()).isEqualTo(stored);
      stored[7] = Math.nextUp(stored[7]);
      down.replace(stored);
      assertThat(down.values()).as("the last bit of a change").isEqualTo(stored);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] input = new float[down.inputs()];
        input[7 / down.outputs()] = 1;
        NDArray row = NativeArrays.floats(model.decoder().manager(), input, 1, down.inputs());
        assertThat(down.apply(row).toFloatArray()[7 % down.outputs()])
            .as("the product is exact as well")
            .isEqualTo(stored[7] + bias(model, down)[7 % down.outputs()]);
      }
    }
  }

  private static float[] bias(LanguageModel model, DownProjection down) {
    return model.folder().floats(down.name().replace(".weight", ".bias"));
  }

  @ParameterizedTest
  @CsvSource({"BF16,0.999", "FP16,0.99999"})
  void shouldGiveNearlyTheGradientOfFullPrecision(Precision precision, double cosine) {
    TinyFolder.write(folder, 23);
    float[] exact = gradient(Precision.FP32);
    float[] low = gradient(precision);
    assertThat(dot(exact, low) / Math.sqrt(dot(exact, exact) * dot(low, low)))
        .isGreaterThan(cosine);
    assertThat(Math.sqrt(dot(low, low))).isCloseTo(Math.sqrt(dot(exact, exact)), within(0.05));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldReadTheSameFromEveryStoredType(Precision precision) {
    TinyFolder.write(folder, 24, Dtype.BF16);
    float[] first = logits(precision);
    assertThat(distance(first, logits(Precision.FP32))).isLessThan(4e-2);
    assertThat(logits(precision)).isEqualTo(first);
  }

  @Test
  void shouldFillArraysLargerThanAPieceFromBlocksOfAnySize() {
    float[] values = new float[(1 << 20) + 5];
    Random random = new Random(4);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    try (NDManager manager = NDManager.newBaseManager();
        TorchOps ops = TorchOps.open(manager, new TorchConstants(1e-5, 4, 1), Precision.BF16)) {
      FloatBlocks blocks =
          sink -> {
            for (int from = 0; from < values.length; from += 300_000) {
              int length = Math.min(300_000, values.length - from);
              sink.accept(FloatBuffer.wrap(values, from, length).slice());
            }
          };
      ArrayFiller filler = new ArrayFiller(manager, ops);
      NDArray exact = filler.filled(blocks, Precision.FP32, values.length);
      assertThat(exact.toFloatArray()).isEqualTo(values);
      NDArray low = filler.filled(blocks, Precision.BF16, 3, values.length / 3);
      float[] rounded = ops.toFloat32(low).toFloatArray();
      assertThat(rounded[1_000_000]).isCloseTo(values[1_000_000], within(1f / 256));
    }
  }

  private LanguageModel open(Precision precision) {
    return LanguageModel.open(folder, ModelOptions.threads(1).in(precision));
  }

  private float[] logits(Precision precision) {
    try (LanguageModel model = open(precision);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray ids = TokenBatch.of(ROW).ids(model.decoder().manager());
      return model.decoder().forward(ids).toFloatArray();
    }
  }

  /** Gradient of one token's log-probability in the hidden state after block 0. */
  private float[] gradient(Precision precision) {
    try (LanguageModel model = open(precision);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Decoder decoder = model.decoder();
      NDArray delta =
          NativeArrays.floats(
              decoder.manager(), new float[decoder.config().width()], 1, decoder.config().width());
      delta.setRequiresGradient(true);
      LossScale scale = LossScale.of(precision);
      try (SuffixReplay replay = new SuffixReplay(decoder, TokenBatch.of(ROW), 0, List.of(3), 1);
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray hidden = replay.replay(replay.shifted(delta));
        NDArray rows = hidden.reshape(-1, decoder.config().width());
        NDArray wanted = NativeArrays.longs(decoder.manager(), new long[] {9}, 1);
        NDArray loss = decoder.ops().logProbability(decoder.logits(rows), wanted).sum();
        collector.backward(loss.mul(NativeArrays.scalar(decoder.manager(), scale.value())));
        float[] gradient = delta.getGradient().toFloatArray();
        assertThat(scale.accepts(gradient)).isTrue();
        return gradient;
      }
    }
  }

  /** Distance relative to the second. */
  private static double distance(float[] a, float[] b) {
    float[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return Math.sqrt(dot(difference, difference) / dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
