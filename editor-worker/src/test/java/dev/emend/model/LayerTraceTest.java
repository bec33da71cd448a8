package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.token.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LayerTraceTest {
  private static final ModelConfig CONFIG = ModelConfig.gpt2(61, 16, 24, 4, 3, 0);
  private static final TokenBatch BATCH =
      TokenBatch.of(TokenIds.of(5, 17, 60), TokenIds.of(9, 1, 44, 3, 3, 58, 2), TokenIds.of(12));
  private static final List<Integer> POSITIONS = List.of(2, 4, 0);

  @Test
  void shouldReadKeysAndHiddenStatesOfTheNaiveForwardAtChosenTokens() {
    Map<String, long[]> shapes = RandomModels.gpt2Shapes(CONFIG);
    Map<String, float[]> values = RandomModels.values(shapes, 3);
    NaiveGpt2 naive = new NaiveGpt2(CONFIG, values);
    try (Decoder decoder = RandomModels.decoder(CONFIG, shapes, values)) {
      LayerTrace trace = LayerTrace.read(decoder, BATCH, POSITIONS, Set.of(0, 1, 3), Set.of(0, 2));
      for (int row = 0; row < BATCH.size(); row++) {
        NaiveGpt2.Pass pass = naive.run(BATCH.rows().get(row).toArray());
        int token = POSITIONS.get(row);
        for (int layer : new int[] {0, 1, 3}) {
          assertClose(trace.keys(layer).row(row), pass.keys().get(layer)[token]);
        }
        assertClose(trace.hidden(0).row(row), pass.hidden().get(1)[token]);
        assertClose(trace.hidden(2).row(row), pass.hidden().get(3)[token]);
      }
    }
  }

  @Test
  void shouldReadTheHiddenStateOfTheSameLayerAsTheLastKey() {
    Map<String, long[]> shapes = RandomModels.gpt2Shapes(CONFIG);
    Map<String, float[]> values = RandomModels.values(shapes, 4);
    NaiveGpt2.Pass pass = new NaiveGpt2(CONFIG, values).run(BATCH.rows().get(0).toArray());
    try (Decoder decoder = RandomModels.decoder(CONFIG, shapes, values)) {
      LayerTrace trace = LayerTrace.read(decoder, BATCH, POSITIONS, Set.of(2), Set.of(2));
      assertClose(trace.keys(2).row(0), pass.keys().get(2)[2]);
      assertClose(trace.hidden(2).row(0), pass.hidden().get(3)[2]);
    }
  }

  @Test
  void shouldRefuseLayersThatWereNotAskedFor() {
    try (Decoder decoder = RandomModels.gpt2(CONFIG, 5)) {
      LayerTrace trace = LayerTrace.read(decoder, BATCH, POSITIONS, Set.of(1), Set.of());
      assertThatThrownBy(() -> trace.keys(0)).hasMessageContaining("layer 0");
      assertThatThrownBy(() -> trace.hidden(1)).hasMessageContaining("layer 1");
    }
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4));
    }
  }
}
