package dev.emend.method;

import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.List;
import java.util.Optional;

/**
 * What the public implementations of MEMIT do when they are called again and again: every call
 * solves {@code adj = (lambda C + K K^T)^-1 K} with the keys of its own facts alone, so nothing
 * keeps it from overwriting the facts of earlier calls. One fact a call unless told otherwise.
 */
final class SequentialMemit implements EditMethod {
  private final Editor editor;
  private final int window;

  SequentialMemit(Editor editor, Optional<Integer> window) {
    this.editor = editor;
    this.window = window.orElse(1);
  }

  @Override
  public List<Integer> layers() {
    return editor.settings().numbers().layers();
  }

  @Override
  public void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress) {
    for (List<EditRequest.Assert> part : Windows.of(facts, Optional.of(window))) {
      try (StagedWindow staged = editor.stage(List.copyOf(part), Progress.NONE)) {
        staged.commitForgetting();
      }
    }
  }

  @Override
  public void forget() {
    // Nothing is remembered from one call to the next.
  }

  @Override
  public void close() {
    editor.close();
  }
}
