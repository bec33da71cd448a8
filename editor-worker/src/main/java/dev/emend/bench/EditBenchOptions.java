package dev.emend.bench;

import dev.emend.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What to measure.
 *
 * @param model folder of the model
 * @param dataset cases to edit, at least as many as the largest window
 * @param windows numbers of facts edited together
 * @param referenceEdits most edits whose published target search is timed in a window; the rest is
 *     taken to last as long each
 * @param run how the model is run
 */
public record EditBenchOptions(
    Path model, Path dataset, List<Integer> windows, int referenceEdits, ModelOptions run) {
  /** Copies the list and refuses empty windows. */
  public EditBenchOptions {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || windows.stream().anyMatch(window -> window < 1)) {
      throw new IllegalArgumentException("windows hold at least 1 fact, not " + windows);
    }
    if (referenceEdits < 1) {
      throw new IllegalArgumentException("at least 1 reference edit must be timed");
    }
  }
}
