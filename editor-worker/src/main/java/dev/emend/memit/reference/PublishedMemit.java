package dev.emend.memit.reference;

import dev.emend.event.WeightLayout;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.SpdFactor;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.PhaseClock;
import dev.emend.memit.PhaseClock.Phase;
import dev.emend.memit.Target;
import dev.emend.model.Decoder;
import dev.emend.model.DownProjection;
import dev.emend.progress.Progress;
import dev.emend.token.LocatedPrompt;
import java.util.ArrayList;
import java.util.List;

/**
 * MEMIT of some edits as one batch (Meng et al. 2023), step by step as published. Changes the
 * decoder's weights for good. One thread.
 */
public final class PublishedMemit {
  private final Decoder decoder;
  private final HyperParameters numbers;
  private final KeyStatistics statistics;
  private final WholeNetwork network;

  /** An update of a model with the statistics of its keys. */
  public PublishedMemit(Decoder decoder, HyperParameters numbers, KeyStatistics statistics) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.statistics = statistics;
    this.network = new WholeNetwork(decoder);
  }

  /** The targets, one edit after another. */
  public List<Target> targets(List<PublishedEdit> edits, PhaseClock clock, Progress progress) {
    List<Target> targets = new ArrayList<>();
    for (PublishedEdit edit : edits) {
      progress.at("published targets", targets.size(), edits.size());
      targets.add(clock.time(Phase.TARGETS, () -> PublishedTarget.of(decoder, numbers, edit)));
    }
    progress.at("published targets", edits.size(), edits.size());
    return targets;
  }

  /** Writes the targets into the layers, ascending. */
  public List<PublishedLayer> write(
      List<PublishedEdit> edits, List<Target> targets, PhaseClock clock) {
    List<PublishedLayer> layers = new ArrayList<>();
    for (int i = 0; i < numbers.layers().size(); i++) {
      int left = numbers.layers().size() - i;
      layers.add(write(numbers.layers().get(i), left, edits, targets, clock));
    }
    return layers;
  }

  private PublishedLayer write(
      int layer, int left, List<PublishedEdit> edits, List<Target> targets, PhaseClock clock) {
    try (Matrix keys = clock.time(Phase.KEYS, () -> keys(edits, layer));
        Matrix residuals = clock.time(Phase.KEYS, () -> residuals(edits, targets, left));
        Matrix gains = clock.time(Phase.SOLVE, () -> gains(layer, keys))) {
      clock.time(Phase.APPLY, () -> add(layer, residuals, gains));
      return PublishedLayer.of(layer, keys, gains, residuals);
    }
  }

  /** K, d_in x u: half the plain key, half the mean of the others. */
  private Matrix keys(List<PublishedEdit> edits, int layer) {
    List<LocatedPrompt> rows = edits.stream().flatMap(edit -> edit.prompts().stream()).toList();
    List<float[]> read = network.keys(rows, layer);
    int templates = edits.get(0).prompts().size();
    Matrix keys = Matrix.zeros(read.get(0).length, edits.size());
    for (int row = 0; row < read.size(); row++) {
      boolean plain = row % templates == 0;
      double share = templates == 1 ? 1 : plain ? 0.5 : 0.5 / (templates - 1);
      for (int i = 0; i < keys.rows(); i++) {
        double sum = keys.get(i, row / templates) + share * read.get(row)[i];
        keys.set(i, row / templates, sum);
      }
    }
    return keys;
  }

  /** R = (Z - H) / layers left, d x u. */
  private Matrix residuals(List<PublishedEdit> edits, List<Target> targets, int left) {
    List<LocatedPrompt> plain = edits.stream().map(edit -> edit.prompts().get(0)).toList();
    List<float[]> now = network.hidden(plain, numbers.targetLayer());
    Matrix residuals = Matrix.zeros(now.get(0).length, edits.size());
    for (int edit = 0; edit < edits.size(); edit++) {
      float[] z = targets.get(edit).z().toArray();
      for (int i = 0; i < z.length; i++) {
        residuals.set(i, edit, ((double) z[i] - now.get(edit)[i]) / left);
      }
    }
    return residuals;
  }

  /** (lambda C + K K^T)^-1 K by a dense factorisation in fp64, d_in x u. */
  private Matrix gains(int layer, Matrix keys) {
    try (Matrix a = statistics.secondMoment(layer)) {
      a.scale(numbers.lambda());
      a.addGram(1, keys);
      try (SpdFactor factor = SpdFactor.of(a)) {
        return factor.solve(keys);
      }
    }
  }

  private void add(int layer, Matrix residuals, Matrix gains) {
    DownProjection projection = decoder.downProjection(layer);
    boolean outFirst = projection.layout() == WeightLayout.OUT_IN;
    // Column-major, the transpose has the order in which the weight is stored.
    try (Matrix right = (outFirst ? residuals : gains).transposed();
        Matrix change = (outFirst ? gains : residuals).times(right)) {
      double[] stored = change.toColumnMajor();
      float[] values = projection.values();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) stored[i];
      }
      projection.replace(values);
    }
  }
}
