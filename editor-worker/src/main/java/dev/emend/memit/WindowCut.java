package dev.emend.memit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a window is edited: as one, or in parts one after the other on the same stage, which become
 * one version all the same; because its targets are not to be searched all at once, or because the
 * memory that is left asks for it.
 *
 * @param parts facts by their place in the window, ascending; those of one subject are in one part
 * @param tokensPerPass largest number of tokens that go through a block at once
 */
record WindowCut(List<List<Integer>> parts, int tokensPerPass) {
  WindowCut {
    parts = parts.stream().map(part -> part.stream().sorted().toList()).toList();
  }

  /**
   * Parts of about equal size.
   *
   * @param subjects of the facts, in their order
   * @param most facts in a part, unless one subject has more
   */
  static WindowCut inParts(List<String> subjects, int most, int tokensPerPass) {
    int even = subjects.isEmpty() ? most : evenly(subjects.size(), most);
    Map<String, List<Integer>> bySubject = new LinkedHashMap<>();
    for (int i = 0; i < subjects.size(); i++) {
      bySubject.computeIfAbsent(subjects.get(i), subject -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> parts = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (List<Integer> about : bySubject.values()) {
      if (!open.isEmpty() && open.size() + about.size() > even) {
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

  /** Facts of a part if all but the last are to be alike: 60 and 60, not 100 and 20. */
  private static int evenly(int facts, int most) {
    int parts = (facts + most - 1) / most;
    return (facts + parts - 1) / parts;
  }
}
