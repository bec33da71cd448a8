package dev.emend.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextReadingTest {

  @Test
  void shouldHaveThePerplexityOfAFairCoin() {
    float half = (float) Math.log(0.5);
    TextReading coin =
        TextReading.of(List.of(new float[] {half, half}, new float[] {half, half}), List.of(0, 1));

    assertThat(coin.perplexity()).isCloseTo(2, within(1e-6));
    assertThat(coin.divergenceOf(coin)).isCloseTo(0, within(1e-9));
    assertThat(coin.size()).isEqualTo(2);
  }

  @Test
  void shouldMeasureWhatTheOtherGivesAway() {
    TextReading coin = of(0.5);
    TextReading loaded = of(0.9);

    assertThat(coin.divergenceOf(loaded))
        .isCloseTo(0.5 * Math.log(0.5 / 0.9) + 0.5 * Math.log(0.5 / 0.1), within(1e-6));
    assertThatThrownBy(() -> coin.divergenceOf(TextReading.NONE)).hasMessageContaining("1 tokens");
  }

  @Property(tries = 100)
  void shouldNeverDivergeByLessThanNothing(@ForAll long seed) {
    Random random = new Random(seed);

    assertThat(random(random).divergenceOf(random(random))).isGreaterThan(-1e-5);
  }

  private static TextReading of(double first) {
    return TextReading.of(
        List.of(new float[] {(float) Math.log(first), (float) Math.log(1 - first)}), List.of(0));
  }

  private static TextReading random(Random random) {
    List<float[]> places = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    for (int place = 0; place < 4; place++) {
      double[] weights = random.doubles(7, 0.01, 1).toArray();
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      float[] row = new float[weights.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) Math.log(weights[i] / sum);
      }
      places.add(row);
      tokens.add(random.nextInt(7));
    }
    return TextReading.of(places, tokens);
  }
}
