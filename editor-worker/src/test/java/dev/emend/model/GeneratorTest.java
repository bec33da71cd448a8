package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.fault.Fault;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  private static final List<TokenIds> PROMPTS =
      List.of(TokenIds.of(5, 17, 60, 7, 8), TokenIds.of(9), TokenIds.of(44, 3, 58));
  private static final int LIMIT = 6;

  private final ModelConfig config = ModelConfig.gpt2(61, 16, 24, 3, 3, 60);
  private final Map<String, long[]> shapes = RandomModels.gpt2Shapes(config);
  private final Map<String, float[]> values = RandomModels.values(shapes, 21);
  private final NaiveGpt2 naive = new NaiveGpt2(config, values);

  @Test
  void shouldContinueAsTheNaiveForwardDoesWhateverTheBatches() {
    try (Decoder decoder = RandomModels.decoder(config, shapes, values)) {
      List<TokenIds> expected = PROMPTS.stream().map(this::naiveContinuation).toList();
      for (int tokensAtOnce : new int[] {1, 9, 1000}) {
        Generator generator = new Generator(decoder, new MicroBatches(tokensAtOnce, 16));
        assertThat(generator.continuations(PROMPTS, LIMIT)).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldGiveTheLikeliestNextTokenOfEachPrompt() {
    try (Decoder decoder = RandomModels.decoder(config, shapes, values)) {
      TokenIds next = new Generator(decoder, new MicroBatches(9, 16)).next(PROMPTS);
      for (int i = 0; i < PROMPTS.size(); i++) {
        assertThat(next.at(i)).isEqualTo(naiveNext(PROMPTS.get(i)));
      }
    }
  }

  @Test
  void shouldScoreContinuationsAsTheNaiveForwardDoes() {
    TokenIds target = TokenIds.of(11, 2);
    List<Continuation> asked = PROMPTS.stream().map(p -> new Continuation(p, target)).toList();
    try (Decoder decoder = RandomModels.decoder(config, shapes, values)) {
      List<Continuation.Score> scores =
          new ContinuationScorer(decoder, new MicroBatches(9, 16)).score(asked);
      for (int i = 0; i < PROMPTS.size(); i++) {
        double expected = naiveScore(PROMPTS.get(i), target);
        assertThat(scores.get(i).logProbability()).isCloseTo(expected, within(1e-4));
        assertThat(scores.get(i).tokens()).isEqualTo(2);
      }
    }
  }

  @Test
  void shouldStopWhereTheModelEnds() {
    try (Decoder decoder = RandomModels.decoder(config, shapes, values)) {
      Generator generator = new Generator(decoder, MicroBatches.of(config));
      TokenIds ids = generator.continuations(PROMPTS.subList(0, 1), 100).get(0);
      assertThat(ids.length()).isLessThanOrEqualTo(16 - 5 + 1);
      List<TokenIds> tooLong = List.of(TokenIds.of(new int[17]));
      assertThatThrownBy(() -> generator.next(tooLong))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("17 tokens");
    }
  }

  private TokenIds naiveContinuation(TokenIds prompt) {
    TokenIds row = prompt;
    List<Integer> added = new ArrayList<>();
    while (added.size() < LIMIT && row.length() <= config.positions()) {
      int id = naiveNext(row);
      if (config.endTokens().contains(id)) {
        break;
      }
      added.add(id);
      row = row.then(TokenIds.of(id));
    }
    return TokenIds.of(added.stream().mapToInt(Integer::intValue).toArray());
  }

  private int naiveNext(TokenIds row) {
    List<double[]> logits = naive.run(row.toArray()).logits();
    double[] last = logits.get(logits.size() - 1);
    int best = 0;
    for (int id = 1; id < last.length; id++) {
      best = last[id] > last[best] ? id : best;
    }
    return best;
  }

  private double naiveScore(TokenIds prompt, TokenIds target) {
    List<double[]> logits = naive.run(prompt.then(target).toArray()).logits();
    double sum = 0;
    for (int i = 0; i < target.length(); i++) {
      double[] at = logits.get(prompt.length() - 1 + i);
      double total = 0;
      for (double logit : at) {
        total += Math.exp(logit);
      }
      sum += at[target.at(i)] - Math.log(total);
    }
    return sum;
  }
}
