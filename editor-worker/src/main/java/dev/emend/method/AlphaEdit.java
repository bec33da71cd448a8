package dev.emend.method;

import dev.emend.linalg.Matrix;
import dev.emend.memit.EditRequest;
import dev.emend.memit.FactProbe;
import dev.emend.memit.KeyStatistics;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AlphaEdit (Fang et al. 2025, AlphaEdit: Null-Space Constrained Knowledge Editing): MEMIT's layer
 * loop with the gain of {@link NullSpace} in place of {@code (lambda C + K K^T)^-1 K}. Keys of
 * earlier windows are read again after a window is written, as in the public code. Windows of 100
 * facts unless told otherwise, as published.
 */
final class AlphaEdit implements EditMethod {
  private static final int PUBLISHED_WINDOW = 100;

  private final Decoder decoder;
  private final FactProbe probe;
  private final int window;
  private final List<NullSpace> spaces = new ArrayList<>();

  AlphaEdit(
      Decoder decoder,
      FactProbe probe,
      KeyStatistics statistics,
      MethodOptions.Projection projection,
      Optional<Integer> window) {
    this.decoder = decoder;
    this.probe = probe;
    this.window = window.orElse(PUBLISHED_WINDOW);
    try {
      for (int layer : layers()) {
        try (Matrix moment = statistics.secondMoment(layer)) {
          spaces.add(NullSpace.of(moment, projection.threshold(), projection.ridge()));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public List<Integer> layers() {
    return probe.settings().numbers().layers();
  }

  @Override
  public void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    int done = 0;
    for (List<EditRequest.Assert> part : Windows.of(facts, Optional.of(window))) {
      write(stage, part);
      remember(part);
      done += part.size();
      progress.at("alphaedit", done, facts.size());
    }
  }

  private void write(StagedWeights stage, List<EditRequest.Assert> facts) {
    LayerWriter writer = new LayerWriter(decoder, probe, layers());
    try (Matrix targets = probe.targets(facts, probe.settings().numbers(), Progress.NONE)) {
      writer.write(
          stage, facts, targets, (layer, keys) -> spaces.get(layers().indexOf(layer)).gain(keys));
    }
  }

  private void remember(List<EditRequest.Assert> facts) {
    for (int i = 0; i < spaces.size(); i++) {
      try (Matrix keys = probe.keys(facts, layers().get(i))) {
        spaces.get(i).remember(keys);
      }
    }
  }

  @Override
  public void forget() {
    spaces.forEach(NullSpace::forget);
  }

  @Override
  public void close() {
    spaces.forEach(NullSpace::close);
  }
}
