package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecoderTest {
  private static final ModelConfig CONFIG = ModelConfig.gpt2(61, 16, 24, 3, 3, 0);
  private static final int[] IDS = {5, 17, 60, 2, 2, 33, 8};

  @Test
  void shouldGiveTheLogitsOfTheNaiveForward() {
    Map<String, long[]> shapes = RandomModels.gpt2Shapes(CONFIG);
    Map<String, float[]> values = RandomModels.values(shapes, 7);
    NaiveGpt2.Pass expected = new NaiveGpt2(CONFIG, values).run(IDS);
    try (Decoder decoder = RandomModels.decoder(CONFIG, shapes, values);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      assertClose(decoder.forward(ids(decoder, IDS)), expected.logits());
    }
  }

  @Test
  void shouldTrainEveryWeight() {
    try (Decoder decoder = RandomModels.gpt2(CONFIG, 8)) {
      decoder.weights().setTrainable(true);
      try (NDScope scope = new NDScope();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        scope.suppressNotUsedWarning();
        NDArray logits = decoder.forward(ids(decoder, IDS));
        NDArray targets =
            NativeArrays.longs(decoder.manager(), new long[] {17, 60, 2, 2, 33, 8, -100}, 7);
        NDArray loss = decoder.ops().crossEntropy(logits.reshape(7, 61), targets);
        collector.backward(loss);
        for (String name : decoder.weights().names()) {
          NDArray weight = decoder.weights().get(name);
          assertThat(weight.getGradient().abs().sum().getFloat()).as(name).isPositive();
        }
      }
    }
  }

  private static NDArray ids(Decoder decoder, int... ids) {
    long[] row = new long[ids.length];
    for (int t = 0; t < row.length; t++) {
      row[t] = ids[t];
    }
    return NativeArrays.longs(decoder.manager(), row, 1, ids.length);
  }

  private static void assertClose(NDArray actual, List<double[]> expected) {
    float[] values = actual.toFloatArray();
    int at = 0;
    for (double[] row : expected) {
      for (double value : row) {
        assertThat(values[at++]).isCloseTo((float) value, within(1e-4f));
      }
    }
    assertThat(at).isEqualTo(values.length);
  }
}
