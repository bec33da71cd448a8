package dev.emend.delta;

import dev.emend.event.DeltaKind;
import java.util.List;
import java.util.Objects;

/**
 * A version that is computed and verified but that nobody serves yet. To commit is to put {@link
 * #result} in the place of {@link #parent}; to abandon it, forget it. Immutable.
 *
 * @param parent the state before, unchanged
 * @param result the state after
 * @param kind what produced the version
 * @param tensors the changed tensors, sorted by name
 */
public record StagedVersion(
    ModelState parent, ModelState result, DeltaKind kind, List<StagedTensor> tensors) {
  /** Copies the list and refuses null. */
  public StagedVersion {
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(kind, "kind");
    tensors = List.copyOf(tensors);
  }
}
