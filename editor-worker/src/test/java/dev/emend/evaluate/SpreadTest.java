package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  private static Scores scores(double es, @Nullable Double ps) {
    return new Scores(3, es, ps, 80.0, es, null, null, null, null);
  }

  @Test
  void shouldBeTheSampleStandardDeviationOfEachScore() {
    Spread spread = Spread.of(List.of(scores(80, 5.0), scores(82, 5.0), scores(87, 5.0)));

    assertThat(spread.es()).isCloseTo(Math.sqrt((9 + 1 + 16) / 2.0), within(1e-9));
    assertThat(spread.ps()).isZero();
  }

  @Test
  void shouldNotSpeakOfWhatASubsetDoesNotScore() {
    assertThat(Spread.of(List.of(scores(80, 5.0), scores(82, null))).ps()).isNull();
  }

  @Test
  void shouldRefuseOneSubset() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of(scores(80, 5.0))));
  }
}
