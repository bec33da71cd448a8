package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Facts of one subject share the key at the subject's last token, or nearly so where their prompts
 * differ before it. The weights cannot give two values for one key, so such facts get one delta,
 * searched for the sum of their losses, and with it targets {@code z_i = h0_i + delta} that agree.
 */
final class JointTargets {
  /** More facts of one subject are searched in several parts: bounds the memory of a search. */
  static final int MOST_FACTS = 16;

  private final List<EditTokens> facts;
  private final List<List<Integer>> groups;

  private JointTargets(List<EditTokens> facts, List<List<Integer>> groups) {
    this.facts = facts;
    this.groups = groups;
  }

  /** Groups facts by subject; {@code subjects} has one entry a fact. */
  static JointTargets of(List<EditTokens> facts, List<String> subjects) {
    Map<String, List<Integer>> bySubject = new LinkedHashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      bySubject.computeIfAbsent(subjects.get(i), subject -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> groups = new ArrayList<>();
    for (List<Integer> about : bySubject.values()) {
      for (int from = 0; from < about.size(); from += MOST_FACTS) {
        groups.add(List.copyOf(about.subList(from, Math.min(about.size(), from + MOST_FACTS))));
      }
    }
    return new JointTargets(List.copyOf(facts), groups);
  }

  /** What is to be searched: one problem a group. */
  List<EditTokens> problems() {
    return groups.stream().map(group -> EditTokens.joint(pick(group))).toList();
  }

  private List<EditTokens> pick(List<Integer> group) {
    return group.stream().map(facts::get).toList();
  }

  /** Whether some facts share a delta. */
  boolean shared() {
    return groups.size() < facts.size();
  }

  /** The facts of a group whose problem has this index. */
  List<Integer> group(int problem) {
    return groups.get(problem);
  }

  /**
   * The targets of the facts.
   *
   * @param found one target a problem, that of its first fact
   * @param starts h0 of each fact; read only if some facts share a delta
   */
  List<Target> spread(List<Target> found, List<float[]> starts) {
    Target[] targets = new Target[facts.size()];
    IntStream.range(0, groups.size())
        .forEach(
            g -> {
              Target first = found.get(g);
              targets[groups.get(g).get(0)] = first;
              for (int fact : groups.get(g).subList(1, groups.get(g).size())) {
                targets[fact] = moved(first, starts.get(groups.get(g).get(0)), starts.get(fact));
              }
            });
    return Arrays.stream(targets).map(Objects::requireNonNull).toList();
  }

  private static Target moved(Target target, float[] from, float[] to) {
    float[] z = target.z().toArray();
    for (int i = 0; i < z.length; i++) {
      z[i] += to[i] - from[i];
    }
    return new Target(FloatVector.of(z), target.loss(), target.evaluations());
  }
}
