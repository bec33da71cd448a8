package dev.emend.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void shouldDrawSharesFromEmptyToFullAndADotForNone() {
    assertThat(
            Sparkline.of(
                List.of(
                    Optional.of(0d),
                    Optional.of(0.5),
                    Optional.of(1d),
                    Optional.empty(),
                    Optional.of(1.3),
                    Optional.of(-2d))))
        .isEqualTo("▁▅█·█▁");
  }
}
