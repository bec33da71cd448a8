package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EditModeTest {
  private static final HyperParameters FAMILY = FamilyDefaults.of("gpt2", 6);
  private static final HyperParameters TUNED =
      new HyperParameters(
          List.of(1, 2), 9, 0.4, 300, 2.5, 0.5, 0.0625, 0.05, 2, TargetMethod.NORMALISED);

  @Test
  void shouldTakeTheFamilysSearchForExactAndKeepWhatBelongsToTheModel() {
    HyperParameters exact = EditMode.EXACT.of(TUNED, FAMILY);

    assertThat(exact.method()).isEqualTo(TargetMethod.ADAM_EXACT);
    assertThat(exact.steps()).isEqualTo(FAMILY.steps());
    assertThat(exact.templates()).isEqualTo(HyperParameters.TEMPLATES);
    assertThat(exact.layers()).isEqualTo(TUNED.layers());
    assertThat(exact.lambda()).isEqualTo(TUNED.lambda());
  }

  @Test
  void shouldKeepNumbersThatWereFoundForTheSameSearch() {
    assertThat(EditMode.FAST.of(TUNED, FAMILY)).isEqualTo(TUNED);
    assertThat(EditMode.EXACT.of(FAMILY, FAMILY)).isEqualTo(FAMILY);
  }

  @Test
  void shouldCutTheWorkOfAPublishedRecipe() {
    HyperParameters fast = EditOverrides.of(EditMode.FAST).over(FAMILY, FAMILY);

    assertThat(fast.method()).isEqualTo(TargetMethod.NORMALISED);
    assertThat(fast.steps() * fast.templates())
        .isLessThanOrEqualTo(FAMILY.steps() * FAMILY.templates() / 4);
  }

  @Test
  void shouldBeNamedAsACommandLineWritesIt() {
    assertThat(EditMode.named("one-step")).isEqualTo(EditMode.ONE_STEP);
    assertThat(EditMode.named("Exact")).isEqualTo(EditMode.EXACT);
    assertThatThrownBy(() -> EditMode.named("slow")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldBeRecognisedByItsSearch() {
    for (EditMode mode : EditMode.values()) {
      assertThat(EditMode.of(mode.of(FAMILY, FAMILY).method())).isEqualTo(mode);
    }
  }
}
