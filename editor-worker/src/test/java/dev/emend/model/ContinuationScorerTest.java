package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContinuationScorerTest {
  @TempDir Path folder;

  @Test
  void shouldScoreTogetherAsOneByOne() {
    TinyFolder.write(folder, 5);
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults())) {
      List<Continuation> all = continuations(model.config().vocabulary());
      List<Continuation.Score> together = model.scorer().score(all);
      assertThat(together).hasSameSizeAs(all);
      for (int i = 0; i < all.size(); i++) {
        Continuation.Score alone = model.scorer().score(List.of(all.get(i))).get(0);
        assertThat(together.get(i).logProbability())
            .as("continuation %d", i)
            .isCloseTo(alone.logProbability(), within(1e-4));
        assertThat(together.get(i).hits()).isEqualTo(alone.hits());
        assertThat(together.get(i).tokens()).isEqualTo(all.get(i).target().length());
      }
    }
  }

  @Test
  void shouldReadOneRowForAllShortAnswersToAPrompt() {
    TokenIds prompt = TokenIds.of(5, 6, 7);
    List<Continuation> asked =
        List.of(
            new Continuation(prompt, TokenIds.of(1)),
            new Continuation(prompt, TokenIds.of(2, 3)),
            new Continuation(prompt, TokenIds.of(2, 4)),
            new Continuation(prompt, TokenIds.of(9, 4)),
            new Continuation(TokenIds.of(5, 6), TokenIds.of(1)));
    SharedRows shared = SharedRows.of(asked);
    assertThat(shared.rows())
        .containsExactly(TokenIds.of(5, 6, 7, 2), TokenIds.of(5, 6, 7, 9), TokenIds.of(5, 6));
    assertThat(shared.asked()).containsExactly(List.of(1, 2, 0), List.of(3), List.of(4));
  }

  private static List<Continuation> continuations(int vocabulary) {
    Random random = new Random(11);
    List<Continuation> all = new ArrayList<>();
    for (int prompt = 0; prompt < 5; prompt++) {
      TokenIds ids = TokenIds.of(random.ints(4 + prompt, 1, vocabulary).toArray());
      for (int length : new int[] {1, 3, 1, 2}) {
        all.add(new Continuation(ids, TokenIds.of(random.ints(length, 1, vocabulary).toArray())));
      }
    }
    return all;
  }
}
