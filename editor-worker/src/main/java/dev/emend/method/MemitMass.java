package dev.emend.method;

import dev.emend.memit.BaseWeights;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Ours: all facts of a window as one MEMIT update (Meng et al. 2023, equation 14), {@code adj =
 * (lambda C + sum of k k^T over standing facts + K K^T)^-1 K}. Without a window size the whole list
 * is one window, which is what the literature calls MEMIT-MASS. If there is a base to start from,
 * everything is consolidated after each window but the first.
 */
final class MemitMass implements EditMethod {
  private final Editor editor;
  private final Optional<Integer> window;
  private final Optional<BaseWeights> base;

  MemitMass(Editor editor, Optional<Integer> window, Optional<BaseWeights> base) {
    this.editor = editor;
    this.window = window;
    this.base = base;
  }

  @Override
  public List<Integer> layers() {
    return editor.settings().numbers().layers();
  }

  @Override
  public void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    int done = 0;
    for (List<EditRequest.Assert> part : Windows.of(facts, window)) {
      try (StagedWindow staged = editor.stage(List.copyOf(part), progress)) {
        staged.commit();
      }
      if (done > 0) {
        base.ifPresent(this::consolidate);
      }
      done += part.size();
      progress.at("memit-mass", done, facts.size());
    }
  }

  private void consolidate(BaseWeights from) {
    try (StagedWindow staged = editor.consolidate(from, Progress.NONE)) {
      staged.commit();
    }
  }

  @Override
  public void forget() {
    editor.restore(List.of());
  }

  @Override
  public void close() {
    editor.close();
  }
}
