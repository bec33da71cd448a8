package dev.emend.memit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a window is edited within the memory that is left: as one, or in parts one after the other on
 * the same stage, which become one version all the same.
 *
 * @param parts facts by their place in the window; those of one subject are in one part
 * @param tokensPerPass largest number of tokens that go through a block at once
 */
record WindowCut(List<List<Integer>> parts, int tokensPerPass) {
  WindowCut {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /** The whole window at once. */
  static WindowCut whole(int facts, int tokensPerPass) {
    List<Integer> all = IntStream.range(0, facts).boxed().toList();
    return new WindowCut(facts == 0 ? List.of() : List.of(all), tokensPerPass);
  }

  /**
   * Parts of about equal size.
   *
   * @param subjects of the facts, in their order
   * @param most facts in a part, unless one subject has more
   */
  static WindowCut inParts(List<String> subjects, int most, int tokensPerPass) {
    Map<String, List<Integer>> bySubject = new LinkedHashMap<>();
    for (int i = 0; i < subjects.size(); i++) {
      bySubject.computeIfAbsent(subjects.get(i), subject -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> parts = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (List<Integer> about : bySubject.values()) {
      if (!open.isEmpty() && open.size() + about.size() > most) {
        parts.add(open);
        open = new ArrayList<>();
      }
      open.addAll(about);
    }
    if (!open.isEmpty()) {
      parts.add(open);
    }
    return new WindowCut(parts, tokensPerPass);
  }
}
