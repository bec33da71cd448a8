package dev.emend.memit;

import dev.emend.memory.MemoryNeed;
import dev.emend.model.ModelConfig;
import dev.emend.model.PassMemory;
import dev.emend.token.TokenIds;
import java.util.List;

/**
 * Predicts how much memory the phases of a window add to what the process occupies before it: d is
 * the width, m the width of keys, V the vocabulary, u the number of facts. What is counted follows
 * the code: arrays that are alive together, in float32 unless said, and twice over on the heap,
 * whose garbage is collected late. Immutable.
 */
final class WindowMemory {
  /** The engine and its allocator keep some freed blocks. */
  private static final double SLACK = 1.25;

  private static final long FLOAT = Float.BYTES;
  private static final long DOUBLE = Double.BYTES;
  private static final long HEAP = 2;

  /** Logits, their logarithms, the gradient of each, and a copy on the heap. */
  private static final long LOGIT_COPIES = 6;

  private final PassMemory pass;
  private final ModelConfig config;
  private final HyperParameters numbers;

  WindowMemory(PassMemory pass, HyperParameters numbers) {
    this.pass = pass;
    this.config = pass.config();
    this.numbers = numbers;
  }

  /**
   * What a window will need at its peak.
   *
   * @param facts that are written
   * @param subjects of the facts: those of one subject are searched as one problem
   * @param released number of facts that are taken out
   * @param cut how it is edited
   */
  MemoryNeed of(List<EditTokens> facts, List<String> subjects, int released, WindowCut cut) {
    MemoryNeed largest = factoring();
    for (List<Integer> part : cut.parts()) {
      List<EditTokens> own = part.stream().map(facts::get).toList();
      List<EditTokens> problems =
          JointTargets.of(own, part.stream().map(subjects::get).toList()).problems();
      largest = larger(largest, search(problems, cut.tokensPerPass()));
      largest = larger(largest, reading(own, cut.tokensPerPass()).and("layer", layer(own.size())));
    }
    MemoryNeed all = lasting(facts.size() + (long) released);
    for (var part : largest.parts().entrySet()) {
      all = all.and(part.getKey(), part.getValue().bytes());
    }
    return all;
  }

  /** What searching and reading some facts needs, whatever is done with it. */
  MemoryNeed passes(List<EditTokens> facts, int tokensPerPass) {
    return larger(
        search(facts, tokensPerPass),
        reading(facts, tokensPerPass).and("layer", layer(facts.size())));
  }

  /** What deriving the weights anew needs beside the weights and inverses that are live. */
  MemoryNeed consolidation(int facts, List<EditTokens> block, int tokensPerPass) {
    long d = config.width();
    long m = config.innerWidth();
    long layers = numbers.layers().size();
    MemoryNeed all =
        MemoryNeed.NONE
            .and("new inverses", layers * m * m * DOUBLE)
            .and("staged and new weights", layers * d * m * FLOAT * HEAP * 2)
            .and("sums of a layer and their factor", 3 * m * m * DOUBLE + 3 * d * m * DOUBLE)
            .and("pairs", layers * (d + m) * facts * FLOAT * HEAP);
    if (block.isEmpty()) {
      return all;
    }
    MemoryNeed passes = reading(block, tokensPerPass).and("layer", layer(block.size()));
    for (var part : passes.parts().entrySet()) {
      all = all.and(part.getKey(), part.getValue().bytes());
    }
    return all;
  }

  private static MemoryNeed larger(MemoryNeed one, MemoryNeed other) {
    return one.total().compareTo(other.total()) >= 0 ? one : other;
  }

  /** An inverse that is due to be factored anew when the window is committed. */
  private MemoryNeed factoring() {
    long m = config.innerWidth();
    return MemoryNeed.NONE.and("factoring an inverse anew", 3 * m * m * DOUBLE);
  }

  /** Staged weights, and keys, steps and factors that stay until the window is committed. */
  private MemoryNeed lasting(long facts) {
    long d = config.width();
    long m = config.innerWidth();
    long layers = numbers.layers().size();
    long weights = layers * d * m * FLOAT * HEAP * 2;
    long steps = layers * m * facts * DOUBLE * 2;
    long pairs = layers * (d + m) * facts * FLOAT * HEAP * 3;
    return MemoryNeed.NONE
        .and("staged weights", weights)
        .and("steps on the inverses", slack(steps))
        .and("keys and factors", pairs);
  }

  /** One layer's matrices while it is solved and written. */
  private long layer(long facts) {
    long d = config.width();
    long m = config.innerWidth();
    return slack(DOUBLE * (5 * m * facts + 3 * d * facts + d * m)) + FLOAT * HEAP * 2 * m * facts;
  }

  /** Hidden states of all rows up to their subjects, and one pass. */
  private MemoryNeed reading(List<EditTokens> facts, int tokensPerPass) {
    long longest =
        facts.stream()
            .flatMap(fact -> fact.prompts().stream())
            .mapToLong(prompt -> prompt.lastSubjectToken() + 1L)
            .max()
            .orElseThrow();
    long rows = facts.stream().mapToLong(fact -> fact.prompts().size()).sum();
    long tokens = Math.max(longest, Math.min(tokensPerPass, rows * longest));
    return MemoryNeed.NONE
        .and("hidden states", slack(2 * rows * longest * config.width() * FLOAT))
        .and("pass of " + tokens + " tokens", slack(tokens * pass.block()));
  }

  /** The largest group of a target search. */
  private MemoryNeed search(List<EditTokens> facts, int tokensPerPass) {
    long longest = facts.stream().mapToLong(EditTokens::longest).max().orElseThrow();
    MemoryNeed largest = MemoryNeed.NONE;
    for (EditTokens fact : facts) {
      long together = Math.max(1, tokensPerPass / ((long) fact.prompts().size() * fact.suffix()));
      MemoryNeed need = group(fact, Math.min(together, facts.size()), longest);
      largest = need.total().compareTo(largest.total()) > 0 ? need : largest;
    }
    return largest;
  }

  /** A group of facts like this one, all of whose rows are as long as the window's longest. */
  private MemoryNeed group(EditTokens fact, long together, long length) {
    long rows = together * fact.prompts().size();
    long above = config.layers() - 1L - numbers.targetLayer();
    long prefix = Math.max(0, length - fact.suffix());
    long keys = 2L * config.keyHeads() * config.headWidth() * FLOAT;
    long all = 2L * config.heads() * config.headWidth() * FLOAT;
    long past = above * rows * prefix * keys;
    long graph = above * rows * (fact.suffix() * (pass.block() + all) + length * (keys + all));
    long reads =
        together * fact.targets().stream().mapToLong(TokenIds::length).sum() + 2 * together;
    return MemoryNeed.NONE
        .and("first pass of " + rows + " rows of " + length, slack(rows * length * pass.block()))
        .and("keys and values of prefixes", slack(past))
        .and("gradients through " + above + " blocks", slack(graph))
        .and("logits", slack(reads * config.vocabulary() * FLOAT * LOGIT_COPIES));
  }

  private static long slack(long bytes) {
    return (long) (bytes * SLACK);
  }
}
