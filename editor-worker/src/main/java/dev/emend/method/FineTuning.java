package dev.emend.method;

import dev.emend.memit.EditRequest;
import dev.emend.memit.FactProbe;
import dev.emend.model.Decoder;
import dev.emend.model.DownProjection;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The floor: Adam on the edited matrices themselves, minimising the mean of {@code -log p(object
 * token)} over the facts of a window in their plain prompts. With a bound it is the constrained
 * fine-tuning of Zhu et al. (2020), FT+L in Meng et al. (2022): after every step no weight is
 * further than the bound from what it was before the window.
 */
final class FineTuning implements EditMethod {
  /** The loss at which the public implementations stop. */
  private static final double STOP = 1e-2;

  private final Decoder decoder;
  private final FactProbe probe;
  private final MethodOptions.Descent options;
  private final Optional<Integer> window;

  FineTuning(
      Decoder decoder, FactProbe probe, MethodOptions.Descent options, Optional<Integer> window) {
    this.decoder = decoder;
    this.probe = probe;
    this.options = options;
    this.window = window;
  }

  @Override
  public List<Integer> layers() {
    return probe.settings().numbers().layers();
  }

  @Override
  public void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    for (List<EditRequest.Assert> part : Windows.of(facts, window)) {
      descend(stage, part, progress);
    }
  }

  private void descend(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    List<DownProjection> projections = layers().stream().map(decoder::downProjection).toList();
    List<BoundedAdam> descents = new ArrayList<>();
    projections.forEach(p -> descents.add(new BoundedAdam(p.values(), options)));
    WeightGradient loss =
        new WeightGradient(
            decoder, projections, probe.statements(facts), probe.settings().tokensPerPass());
    for (int step = 0; step < options.steps(); step++) {
      WeightGradient.Reading reading = loss.read();
      if (reading.loss() < STOP) {
        return;
      }
      for (int i = 0; i < projections.size(); i++) {
        stage.replace(projections.get(i), descents.get(i).step(reading.gradients().get(i)));
      }
      progress.at("finetune", step + 1, options.steps());
    }
  }

  @Override
  public void forget() {
    // It remembers nothing.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
