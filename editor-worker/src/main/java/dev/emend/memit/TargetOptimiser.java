package dev.emend.memit;

import dev.emend.model.Decoder;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Finds the targets of a whole window. For a fact with hidden state h0 at the subject's last token
 * of layer L, the target is {@code z = h0 + delta} with the delta that minimises
 *
 * <pre>
 *   mean over templates (-sum log p(target) / |target|)
 *     + klFactor KL(p_new || p_old at the subject of "{subject} is a")
 *     + weightDecay |delta| / |h0|^2,      |delta| at most clamp |h0|
 * </pre>
 *
 * <p>Facts are grouped by the length of what a step recomputes; groups bound the memory. Uses the
 * decoder, hence one thread at a time.
 */
final class TargetOptimiser {
  private static final double REGROUP_BELOW = 0.75;

  private final Decoder decoder;
  private final HyperParameters numbers;
  private final int tokensPerGroup;
  private final GradientScale scale;

  /**
   * An optimiser.
   *
   * @param tokensPerGroup largest number of tokens that one group recomputes in a step
   */
  TargetOptimiser(Decoder decoder, HyperParameters numbers, int tokensPerGroup) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.tokensPerGroup = tokensPerGroup;
    this.scale = new GradientScale(decoder.config().width());
  }

  /** The targets of the facts, in their order. */
  List<Target> optimise(List<EditTokens> facts, Progress progress) {
    Target[] targets = new Target[facts.size()];
    int done = 0;
    progress.at("targets", 0, facts.size());
    for (List<Integer> group : groups(facts)) {
      List<TargetSearch> searches = search(group.stream().map(facts::get).toList());
      for (int i = 0; i < group.size(); i++) {
        targets[group.get(i)] = searches.get(i).target();
      }
      done += group.size();
      progress.at("targets", done, facts.size());
    }
    return Arrays.stream(targets).map(Objects::requireNonNull).toList();
  }

  private List<TargetSearch> search(List<EditTokens> facts) {
    TargetGroup group = TargetGroup.of(decoder, numbers, facts, scale);
    List<TargetSearch> all = group.searches();
    try {
      while (group.running()) {
        group.step();
        if (group.running() && group.share() < REGROUP_BELOW) {
          group = group.withoutFinished();
        }
      }
      return all;
    } finally {
      group.close();
    }
  }

  private List<List<Integer>> groups(List<EditTokens> facts) {
    List<Integer> order =
        IntStream.range(0, facts.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> facts.get(i).suffix()).thenComparing(i -> i))
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i : order) {
      EditTokens fact = facts.get(i);
      int tokens = (open.size() + 1) * fact.prompts().size() * fact.suffix();
      if (!open.isEmpty() && tokens > tokensPerGroup) {
        groups.add(List.copyOf(open));
        open.clear();
      }
      open.add(i);
    }
    if (!open.isEmpty()) {
      groups.add(List.copyOf(open));
    }
    return groups;
  }
}
