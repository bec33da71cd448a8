package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.emend.token.TokenIds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SuffixReplayTest {
  private static final ModelConfig CONFIG = ModelConfig.gpt2(61, 16, 24, 4, 3, 0);
  private static final int LAYER = 1;
  private static final TokenBatch BATCH =
      TokenBatch.of(
          TokenIds.of(5, 17, 60, 7, 8), TokenIds.of(9, 1, 44, 3, 3, 58, 2), TokenIds.of(12, 4));
  private static final List<Integer> STARTS = List.of(2, 4, 0);

  private static Decoder decoder;

  @BeforeAll
  static void open() {
    decoder = RandomModels.gpt2(CONFIG, 11);
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void shouldGiveWhatTheWholeForwardGivesAfterTheSameChange() {
    float[] delta = new float[BATCH.size() * CONFIG.width()];
    Random random = new Random(1);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) random.nextGaussian();
    }
    try (NDScope scope = new NDScope();
        SuffixReplay replay = new SuffixReplay(decoder, BATCH, LAYER, STARTS, 3)) {
      scope.suppressNotUsedWarning();
      NDArray suffixes = replay.replay(replay.shifted(array(delta)));
      for (int row = 0; row < BATCH.size(); row++) {
        NDArray whole = wholeForward(row, delta);
        for (int t = STARTS.get(row); t < BATCH.rows().get(row).length(); t++) {
          assertClose(token(suffixes, replay.flat(row, t)), token(whole, BATCH.flat(row, t)));
        }
      }
    }
  }

  @Test
  void shouldReadWhatRowsShareOnce() {
    List<TokenIds> rows =
        List.of(
            TokenIds.of(5, 17, 60, 7, 8, 1, 2),
            TokenIds.of(5, 17, 60, 7, 8, 9, 1, 2),
            TokenIds.of(5, 17, 60, 7, 2, 40),
            TokenIds.of(3, 4, 1),
            TokenIds.of(5, 17, 60, 7, 8, 33));
    List<Integer> starts = List.of(5, 5, 5, 0, 5);
    assertThat(CommonStarts.of(rows, List.of(4, 4, 4, 0, 4)))
        .extracting(CommonStarts.Cluster::shared)
        .containsExactlyInAnyOrder(4, 0);
    try (NDScope scope = new NDScope();
        SuffixReplay together = new SuffixReplay(decoder, new TokenBatch(rows), LAYER, starts, 1)) {
      scope.suppressNotUsedWarning();
      NDArray read = together.replay(together.hidden());
      for (int row = 0; row < rows.size(); row++) {
        try (SuffixReplay alone =
            new SuffixReplay(
                decoder, TokenBatch.of(rows.get(row)), LAYER, List.of(starts.get(row)), 1)) {
          assertClose(
              token(read, together.flat(row, rows.get(row).length() - 1)),
              token(alone.replay(alone.hidden()), 0));
        }
      }
    }
  }

  @Test
  void shouldKeepSomeRowsWithoutReadingThemAnew() {
    try (NDScope scope = new NDScope();
        SuffixReplay all = new SuffixReplay(decoder, BATCH, LAYER, STARTS, 2);
        SuffixReplay some = all.only(List.of(2, 0))) {
      scope.suppressNotUsedWarning();
      NDArray whole = all.replay(all.hidden());
      NDArray part = some.replay(some.hidden());
      assertClose(token(part, some.flat(0, 1)), token(whole, all.flat(2, 1)));
      assertClose(token(part, some.flat(1, 3)), token(whole, all.flat(0, 3)));
      assertClose(token(part, some.flat(1, 4)), token(whole, all.flat(0, 4)));
    }
  }

  @Test
  void shouldGiveGradientsOfFiniteDifferencesAlsoWhenTheCollectorRunsBeforeBackward() {
    float[] gradient;
    float[] start = new float[BATCH.size() * CONFIG.width()];
    try (NDScope scope = new NDScope();
        SuffixReplay replay = new SuffixReplay(decoder, BATCH, LAYER, STARTS, 3)) {
      scope.suppressNotUsedWarning();
      NDArray delta = array(start);
      delta.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = loss(replay, delta);
        for (int i = 0; i < 5; i++) {
          System.gc();
        }
        collector.backward(loss);
      }
      gradient = delta.getGradient().toFloatArray();
      for (int i = 0; i < gradient.length; i += 7) {
        double numeric = (at(replay, start, i, 1e-2f) - at(replay, start, i, -1e-2f)) / 2e-2;
        assertThat((double) gradient[i]).as("coordinate " + i).isCloseTo(numeric, within(2e-3));
      }
    }
  }

  @Test
  void shouldRefuseTokensBeforeTheSuffix() {
    try (SuffixReplay replay = new SuffixReplay(decoder, BATCH, LAYER, STARTS, 3)) {
      assertThat(replay.length()).isEqualTo(3);
      assertThatThrownBy(() -> replay.flat(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> new SuffixReplay(decoder, BATCH, LAYER, List.of(0, 0, 2), 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static double at(SuffixReplay replay, float[] start, int coordinate, float step) {
    float[] moved = start.clone();
    moved[coordinate] += step;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return loss(replay, array(moved)).getFloat();
    }
  }

  private static NDArray loss(SuffixReplay replay, NDArray delta) {
    NDArray last = replay.replay(replay.shifted(delta));
    long[] positions = {replay.flat(0, 4), replay.flat(1, 5), replay.flat(1, 6), replay.flat(2, 1)};
    NDArray chosen = NativeArrays.longs(decoder.manager(), positions, 4);
    NDArray targets = NativeArrays.longs(decoder.manager(), new long[] {3, 60, 1, 9}, 4);
    return decoder.ops().crossEntropy(decoder.logitsAt(last, chosen), targets);
  }

  private static NDArray wholeForward(int row, float[] delta) {
    Frame frame = decoder.frame(BATCH.length());
    NDArray h = decoder.embed(BATCH.ids(decoder.manager()), frame);
    h = decoder.run(h, 0, LAYER + 1, frame);
    float[] change = new float[BATCH.size() * BATCH.length() * CONFIG.width()];
    int to = Math.toIntExact(BATCH.flat(row, STARTS.get(row))) * CONFIG.width();
    System.arraycopy(delta, row * CONFIG.width(), change, to, CONFIG.width());
    h = h.add(NativeArrays.floats(decoder.manager(), change, h.getShape().getShape()));
    return decoder.run(h, LAYER + 1, CONFIG.layers(), frame);
  }

  private static float[] token(NDArray h, long flat) {
    NDArray index = NativeArrays.longs(decoder.manager(), new long[] {flat}, 1);
    return decoder.ops().selectTokens(h, index).toFloatArray();
  }

  private static NDArray array(float[] values) {
    return NativeArrays.floats(decoder.manager(), values, BATCH.size(), CONFIG.width());
  }

  private static void assertClose(float[] actual, float[] expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(2e-5f));
    }
  }
}
