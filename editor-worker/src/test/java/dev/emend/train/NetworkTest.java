package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.model.Decoder;
import dev.emend.model.ModelConfig;
import dev.emend.model.NativeArrays;
import dev.emend.model.TorchModule;
import dev.emend.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkTest {
  private static final ModelSize SIZE = new ModelSize(3, 32, 4, 128, 300, 32);
  private static final int VOCABULARY = 300;
  private static final int[] ASKED = {5, 17, 260, 2, 2};
  private static final int[] TOLD = {33, 8};

  private static float[] scores(Precision precision) {
    try (NDManager manager = NDManager.newBaseManager();
        TorchModule torch = TorchModule.load(manager, NetworkSource.of(SIZE));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TrainedWeights weights = TrainedWeights.fresh(manager, SIZE, VOCABULARY, 3);
      TrainingRow row = new TrainingRow.Builder(32).add(ASKED, 0).add(TOLD, 1).build();
      MicroBatch batch = MicroBatch.of(List.of(row), 1).get(0);
      NDArray scores = new Network(manager, torch, SIZE, precision).scores(weights, batch);
      return new float[] {scores.getFloat(0, 0), scores.getFloat(0, 1)};
    }
  }

  @Test
  void shouldGiveTheProbabilitiesOfTheDeclaredDecoder() {
    float[] scores = scores(Precision.FLOAT32);
    try (NDScope scope = new NDScope();
        Decoder decoder = decoder()) {
      scope.suppressNotUsedWarning();
      NDArray ids =
          NativeArrays.longs(decoder.manager(), new long[] {5, 17, 260, 2, 2, 33, 8}, 1, 7);
      NDArray logits = decoder.forward(ids);
      NDArray wanted = NativeArrays.longs(decoder.manager(), new long[] {33, 8}, 1, 2);
      NDArray expected = decoder.ops().logProbability(logits.get(":, 4:6"), wanted);
      assertThat(scores[0]).isCloseTo(expected.getFloat(0, 0), within(1e-4f));
      assertThat(scores[1]).isCloseTo(expected.getFloat(0, 1), within(1e-4f));
    }
  }

  @Test
  void shouldStayCloseInBfloat16() {
    float[] exact = scores(Precision.FLOAT32);
    float[] rounded = scores(Precision.BFLOAT16);
    assertThat(rounded[0]).isCloseTo(exact[0], within(0.05f)).isNotEqualTo(exact[0]);
    assertThat(rounded[1]).isCloseTo(exact[1], within(0.05f));
  }

  private static Decoder decoder() {
    Weights weights = Weights.alone();
    TrainedWeights fresh = TrainedWeights.fresh(weights.manager(), SIZE, VOCABULARY, 3);
    for (String name : fresh.names()) {
      weights.add(name.replace("transformer.", ""), fresh.get(name));
    }
    ModelConfig config =
        ModelConfig.gpt2(
            VOCABULARY, SIZE.positions(), SIZE.width(), SIZE.layers(), SIZE.heads(), 0);
    return Decoder.of(config, weights);
  }
}
