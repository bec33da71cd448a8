package dev.emend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.progress.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SolveBenchTest {
  @Test
  void shouldHoldBothSolvesToAMoreExactOne() {
    SolveBenchReport report =
        SolveBench.run(
            new SolveBenchOptions(List.of(48, 96), List.of(3, 8), 1e6, 1, 5), Progress.NONE);

    assertThat(report.results()).hasSize(4);
    assertThat(report.results())
        .allSatisfy(
            line -> {
              assertThat(line.emendError()).isPositive().isLessThan(1e-9);
              assertThat(line.denseError()).isPositive().isLessThan(1e-9);
              assertThat(line.published()).isPositive();
              assertThat(line.update()).isPositive();
            });
  }

  @Test
  void shouldKeepWhatASumOfDoublesLoses() {
    TwofoldSum sum = new TwofoldSum();
    sum.addProduct(1e16, 1);
    sum.addProduct(1, 1);
    sum.addProduct(-1e16, 1);
    double third = 1.0 / 3;
    sum.addProduct(third, third);
    sum.addProduct(-third * third, 1);

    assertThat(sum.high() + sum.low()).isEqualTo(1 + Math.fma(third, third, -third * third));
  }

  @Test
  void shouldRefuseSizesThatAreNone() {
    assertThatThrownBy(() -> new SolveBenchOptions(List.of(0), List.of(1), 10, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }
}
