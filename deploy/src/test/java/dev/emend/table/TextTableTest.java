package dev.emend.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void shouldAlignWordsLeftAndNumbersRight() {
    assertThat(
            TextTable.withCellsUpTo(20, "city", "people").row("Zürich", 9).row("Oslo", 712).lines())
        .containsExactly("city    people", "Zürich       9", "Oslo       712");
  }

  @Test
  void shouldCutLongCells() {
    assertThat(TextTable.withCellsUpTo(5, "a", "b").row("abcdefgh", "x").lines())
        .containsExactly("a      b", "abcd…  x");
  }

  @Test
  void shouldRefuseRowOfAnotherLength() {
    assertThatThrownBy(() -> TextTable.withCellsUpTo(5, "a", "b").row("x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
