package dev.emend.method;

import dev.emend.delta.ExactUpdate;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.SpdFactor;
import dev.emend.memit.EditRequest;
import dev.emend.memit.FactProbe;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StagedLayer;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.List;

/**
 * ROME (Meng et al. 2022, Locating and Editing Factual Associations in GPT): one fact at a time,
 * one layer, one rank-one update that makes it hold exactly in the plain prompt (equation 2),
 *
 * <pre>
 *   W += (v - W k) (C^-1 k')^T / ((C^-1 k')^T k)
 * </pre>
 *
 * <p>with k the key of the plain prompt and k' that over the context templates, as in the public
 * code. v is searched for this layer alone: a shift of what the MLP writes is a shift of the hidden
 * state after its block, so the search is the frame's with L = this layer, and {@code v - W k} the
 * shift that it finds. Neither lambda nor earlier edits enter: nothing bounds what an update does
 * to other keys, and nothing spares facts written before.
 */
final class Rome implements EditMethod {
  private final Decoder decoder;
  private final FactProbe probe;
  private final HyperParameters numbers;
  private final SpdFactor moment;

  Rome(Decoder decoder, FactProbe probe, KeyStatistics statistics) {
    this.decoder = decoder;
    this.probe = probe;
    this.numbers = probe.settings().numbers().onLayers(List.of(layer(probe)));
    try (Matrix c = statistics.prior(layer(), 1)) {
      this.moment = SpdFactor.of(c);
    }
  }

  /** The layer where MEMIT searches its targets. */
  private static int layer(FactProbe probe) {
    return probe.settings().numbers().targetLayer();
  }

  private int layer() {
    return numbers.targetLayer();
  }

  @Override
  public List<Integer> layers() {
    return numbers.layers();
  }

  @Override
  public void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    StagedLayer layer =
        new StagedLayer(stage, decoder.downProjection(layer()), ExactUpdate.sequential());
    int done = 0;
    for (EditRequest.Assert fact : facts) {
      edit(layer, List.of(fact));
      progress.at("rome", ++done, facts.size());
    }
  }

  private void edit(StagedLayer layer, List<EditRequest.Assert> fact) {
    try (Matrix shift = probe.targets(fact, numbers, Progress.NONE);
        Matrix hidden = probe.hidden(fact, layer());
        Matrix key = probe.plainKeys(fact, layer());
        Matrix contexts = probe.keys(fact, layer());
        Matrix direction = direction(moment, contexts, key)) {
      shift.add(-1, hidden);
      layer.add(shift, direction);
    }
  }

  /** {@code C^-1 k' / ((C^-1 k')^T k)}. */
  static Matrix direction(SpdFactor moment, Matrix contexts, Matrix key) {
    Matrix direction = moment.solve(contexts);
    try (Matrix overlap = direction.transposeTimes(key)) {
      direction.scale(1 / overlap.get(0, 0));
    }
    return direction;
  }

  @Override
  public void forget() {
    // It remembers nothing.
  }

  @Override
  public void close() {
    moment.close();
  }
}
