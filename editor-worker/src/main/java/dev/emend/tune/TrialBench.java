package dev.emend.tune;

import dev.emend.dataset.EditCase;
import dev.emend.evaluate.CaseSelection;
import dev.emend.evaluate.Evaluation;
import dev.emend.evaluate.Scores;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import dev.emend.memit.EditRequest;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactProbe;
import dev.emend.memit.FactReader;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memory.MemoryNeed;
import dev.emend.method.LayerWriter;
import dev.emend.model.LanguageModel;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries settings on the unedited model: some cases as one window, all asked afterwards, weights
 * restored. Targets are kept for settings that differ only in what comes after them. One thread.
 */
final class TrialBench implements AutoCloseable {
  /** Targets of a few settings; each is a matrix of d x cases. */
  private static final int KEPT = 8;

  private final LanguageModel model;
  private final KeyStatistics statistics;
  private final FactProbe probe;
  private final Map<TargetKey, Matrix> targets = new LinkedHashMap<>();

  /** All that targets depend on, beside the unedited model. */
  private record TargetKey(HyperParameters search, List<String> facts) {
    static TargetKey of(HyperParameters numbers, List<EditRequest.Assert> facts) {
      HyperParameters search = numbers.onLayers(List.of(numbers.targetLayer())).withLambda(1);
      return new TargetKey(search, facts.stream().map(EditRequest.Assert::factId).toList());
    }
  }

  TrialBench(LanguageModel model, EditorSettings settings, KeyStatistics statistics) {
    this.model = model;
    this.statistics = statistics;
    FactReader reader = FactReader.of(model.tokenizer(), settings, model.config().positions());
    long square = (long) model.config().innerWidth() * model.config().innerWidth() * Double.BYTES;
    settings
        .budget()
        .require(
            "a search of the numbers",
            MemoryNeed.NONE.and("a layer's key statistics, factor and inverse", 3 * square),
            "allow more memory");
    this.probe = new FactProbe(model.decoder(), reader, settings);
  }

  /** Whether a case can be edited. */
  boolean reads(EditCase edit) {
    return probe.reads(CaseSelection.request(edit));
  }

  /** Edits and asks. */
  Trial run(HyperParameters numbers, List<EditCase> cases) {
    long start = System.nanoTime();
    List<EditRequest.Assert> facts = cases.stream().map(CaseSelection::request).toList();
    LayerWriter writer = new LayerWriter(model.decoder(), probe, numbers.layers());
    try (StagedWeights stage = StagedWeights.of(model.decoder(), numbers.layers())) {
      writer.write(
          stage,
          facts,
          targets(numbers, facts),
          (layer, keys) -> gain(layer, numbers.lambda(), keys));
      Scores scores = Evaluation.of(model, cases, Progress.NONE);
      return Trial.of(numbers, scores, (System.nanoTime() - start) / 1e9);
    }
  }

  /** {@code (lambda C + K K^T)^-1 K}. */
  private Matrix gain(int layer, double lambda, Matrix keys) {
    try (Matrix prior = statistics.prior(layer, lambda);
        GramInverse inverse = GramInverse.of(prior)) {
      return inverse.absorb(keys);
    }
  }

  private Matrix targets(HyperParameters numbers, List<EditRequest.Assert> facts) {
    TargetKey key = TargetKey.of(numbers, facts);
    Matrix found = targets.get(key);
    if (found == null) {
      found = probe.targets(facts, numbers, Progress.NONE);
      if (targets.size() == KEPT) {
        targets.remove(targets.keySet().iterator().next()).close();
      }
      targets.put(key, found);
    }
    return found;
  }

  @Override
  public void close() {
    targets.values().forEach(Matrix::close);
  }
}
