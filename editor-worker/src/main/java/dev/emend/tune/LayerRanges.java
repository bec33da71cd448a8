package dev.emend.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranges of adjacent layers worth trying in a model of some depth: one, two, three and five layers,
 * beginning anywhere in the lower two thirds; deep models at every eighth of their depth or so.
 */
final class LayerRanges {
  private static final int[] LENGTHS = {1, 2, 3, 5};
  private static final int STARTS = 6;

  private LayerRanges() {}

  /** The ranges, each ascending; {@code present} is among them. */
  static List<List<Integer>> of(int depth, List<Integer> present) {
    List<List<Integer>> ranges = new ArrayList<>();
    ranges.add(List.copyOf(present));
    // A change in the last block has nothing after it that could make use of it.
    int highest = Math.max(0, depth - 2);
    for (int length : LENGTHS) {
      for (int first : starts(depth, highest - length + 1)) {
        List<Integer> range = IntStream.range(first, first + length).boxed().toList();
        if (!ranges.contains(range)) {
          ranges.add(range);
        }
      }
    }
    return List.copyOf(ranges);
  }

  private static List<Integer> starts(int depth, int last) {
    int bound = Math.min(last, 2 * depth / 3);
    return IntStream.range(0, bound < 0 ? 0 : STARTS)
        .mapToObj(i -> Math.round((float) bound * i / (STARTS - 1)))
        .distinct()
        .toList();
  }
}
