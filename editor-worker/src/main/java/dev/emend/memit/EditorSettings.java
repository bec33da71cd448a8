package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memory.MemoryBudget;
import dev.emend.memory.MemoryNeed;
import dev.emend.model.ModelConfig;
import java.util.Objects;

/**
 * How an editor works on one model.
 *
 * @param numbers the method's numbers
 * @param templates the context templates, frozen for the model
 * @param tokensPerPass largest number of tokens that go through a block at once: the bound on
 *     memory
 * @param budget what the process may occupy; passes become smaller to stay within it
 * @param joint whether facts of one subject get one target that suits all of them; the public
 *     implementations search each alone
 */
public record EditorSettings(
    HyperParameters numbers,
    ContextTemplates templates,
    int tokensPerPass,
    MemoryBudget budget,
    boolean joint) {

  /** A pass that keeps two cores busy and needs a few hundred megabytes on a small model. */
  public static final int TOKENS_PER_PASS = 2048;

  /** Refuses more templates than there are. */
  public EditorSettings {
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(templates, "templates");
    Objects.requireNonNull(budget, "budget");
    if (numbers.templates() > templates.texts().size()) {
      throw new IllegalArgumentException(
          "%d templates are asked for but %d are recorded"
              .formatted(numbers.templates(), templates.texts().size()));
    }
    if (tokensPerPass < 1) {
      throw new IllegalArgumentException("at least one token a pass, not " + tokensPerPass);
    }
  }

  /** Settings without a limit of memory. */
  public EditorSettings(HyperParameters numbers, ContextTemplates templates, int tokensPerPass) {
    this(numbers, templates, tokensPerPass, MemoryBudget.UNLIMITED, true);
  }

  /** Settings with the default size of a pass, without a limit of memory. */
  public EditorSettings(HyperParameters numbers, ContextTemplates templates) {
    this(numbers, templates, TOKENS_PER_PASS);
  }

  /** The same with passes of another size. */
  EditorSettings withPass(int tokens) {
    return new EditorSettings(numbers, templates, tokens, budget, joint);
  }

  /** The same within a limit of memory. */
  public EditorSettings within(MemoryBudget limit) {
    return new EditorSettings(numbers, templates, tokensPerPass, limit, joint);
  }

  /** The same, but each fact's target is searched alone whatever its subject. */
  public EditorSettings searchingAlone() {
    return new EditorSettings(numbers, templates, tokensPerPass, budget, false);
  }

  /** What the inverses of the edited layers take, and factoring one of them. */
  MemoryNeed inverses(ModelConfig config) {
    long square = (long) config.innerWidth() * config.innerWidth() * Double.BYTES;
    return MemoryNeed.NONE
        .and(
            "fp64 inverses of %d x %d for %d layers"
                .formatted(config.innerWidth(), config.innerWidth(), numbers.layers().size()),
            numbers.layers().size() * square)
        .and("factoring", 3 * square);
  }

  /** Checks that model and statistics have what is to be edited. */
  void requireFit(ModelConfig config, KeyStatistics statistics) {
    if (numbers.targetLayer() >= config.layers()) {
      throw new Fault(
          FaultCode.USAGE,
          "layer %d cannot be edited: the model has layers 0 to %d"
              .formatted(numbers.targetLayer(), config.layers() - 1));
    }
    if (statistics.size() != config.innerWidth()) {
      throw new Fault(
          FaultCode.STATISTICS_INVALID,
          "the key statistics are %d wide, the model's keys %d: they belong to another model"
              .formatted(statistics.size(), config.innerWidth()));
    }
    numbers.layers().forEach(statistics::packed);
  }
}
