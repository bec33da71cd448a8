package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.ModelConfig;
import java.util.Objects;

/**
 * How an editor works on one model.
 *
 * @param numbers the method's numbers
 * @param templates the context templates, frozen for the model
 * @param tokensPerPass largest number of tokens that go through a block at once: the bound on
 *     memory
 */
public record EditorSettings(
    HyperParameters numbers, ContextTemplates templates, int tokensPerPass) {

  /** A pass that keeps two cores busy and needs a few hundred megabytes on a small model. */
  public static final int TOKENS_PER_PASS = 2048;

  /** Refuses more templates than there are. */
  public EditorSettings {
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(templates, "templates");
    if (numbers.templates() > templates.texts().size()) {
      throw new IllegalArgumentException(
          "%d templates are asked for but %d are recorded"
              .formatted(numbers.templates(), templates.texts().size()));
    }
    if (tokensPerPass < 1) {
      throw new IllegalArgumentException("at least one token a pass, not " + tokensPerPass);
    }
  }

  /** Settings with the default size of a pass. */
  public EditorSettings(HyperParameters numbers, ContextTemplates templates) {
    this(numbers, templates, TOKENS_PER_PASS);
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
