package dev.emend.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayerRangesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 12, 32, 80})
  void shouldOfferAdjacentLayersThatTheModelHas(int depth) {
    List<Integer> present = List.of(0);
    List<List<Integer>> ranges = LayerRanges.of(depth, present);
    assertThat(ranges).startsWith(present).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(25);
    for (List<Integer> range : ranges) {
      assertThat(range.get(0)).isNotNegative();
      assertThat(range.get(range.size() - 1)).isLessThan(Math.max(1, depth - 1));
      for (int i = 1; i < range.size(); i++) {
        assertThat(range.get(i)).isEqualTo(range.get(i - 1) + 1);
      }
    }
  }

  @Test
  void shouldKeepLayersInUseAmongThem() {
    assertThat(LayerRanges.of(6, List.of(0, 3))).contains(List.of(0, 3), List.of(1, 2, 3));
  }
}
