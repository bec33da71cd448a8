package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextFragmentsTest {
  private static final String LONG =
      IntStream.range(0, 40).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

  private static List<String> pieces(String... paragraphs) {
    TextFragments fragments = TextFragments.of(List.of(paragraphs));
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 300).mapToObj(i -> fragments.next(random)).toList();
  }

  @Test
  void shouldCutThreeToFifteenWordsFromAnywhere() {
    List<String> pieces = pieces(LONG);
    assertThat(pieces)
        .allSatisfy(
            piece -> {
              assertThat(piece.split(" ")).hasSizeBetween(3, 15);
              assertThat(LONG).contains(piece.replace(".", ""));
            });
    assertThat(pieces.stream().map(piece -> piece.split(" ").length).distinct()).hasSize(13);
    assertThat(pieces.stream().map(piece -> piece.split(" ")[0]).distinct().count())
        .isGreaterThan(25);
  }

  @Test
  void shouldCloseAboutHalfOfThemWithAFullStop() {
    assertThat(pieces(LONG).stream().filter(piece -> piece.endsWith(".")).count())
        .isBetween(110L, 190L);
  }

  @Test
  void shouldGiveShortParagraphsWholeAndCloseNothingTwice() {
    assertThat(pieces("It rained.", "Why not?").stream().distinct())
        .containsExactlyInAnyOrder("It rained.", "Why not?");
  }
}
