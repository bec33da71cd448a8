package dev.emend.delta;

import dev.emend.weights.Digest32;
import java.util.List;
import java.util.Objects;

/**
 * A tensor that a staged version changes.
 *
 * @param edit what changes, as it will travel
 * @param shape stored shape
 * @param before digest of the tensor before the step
 * @param after digest of the tensor after the step
 */
public record StagedTensor(TensorEdit edit, List<Long> shape, Digest32 before, Digest32 after) {
  /** Copies the shape and refuses null. */
  public StagedTensor {
    Objects.requireNonNull(edit, "edit");
    shape = List.copyOf(shape);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }
}
