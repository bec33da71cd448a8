package dev.emend.memit;

import dev.emend.delta.TensorEdit;
import java.util.List;
import java.util.Objects;

/**
 * What editing one window came to.
 *
 * @param tensors the update of each edited tensor, layers ascending; empty if nothing was edited
 * @param written facts that the weights now hold, in the order of their requests
 * @param moved facts that stood before and say the same, but whose target, keys and values are new:
 *     because another fact about their subject changed, or by consolidation
 * @param retracted ids of facts that were taken out on request
 * @param rejected requests that were not edited
 * @param times wall time by phase
 */
public record WindowResult(
    List<TensorEdit> tensors,
    List<EditedFact> written,
    List<EditedFact> moved,
    List<String> retracted,
    List<Rejection> rejected,
    PhaseTimes times) {
  /** Copies the lists. */
  public WindowResult {
    tensors = List.copyOf(tensors);
    written = List.copyOf(written);
    moved = List.copyOf(moved);
    retracted = List.copyOf(retracted);
    rejected = List.copyOf(rejected);
    Objects.requireNonNull(times, "times");
  }
}
