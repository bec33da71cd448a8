package dev.emend.delta;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import java.util.List;

/**
 * The records of one version. The chunks are to be sent before the delta, or in one transaction
 * with it.
 *
 * @param staged the version
 * @param tensors its tensors as they stand in the delta
 * @param chunks payloads that did not fit into the delta
 */
public record PackedDelta(
    StagedVersion staged, List<TensorDelta> tensors, List<DeltaChunk> chunks) {
  /** Copies the lists. */
  public PackedDelta {
    tensors = List.copyOf(tensors);
    chunks = List.copyOf(chunks);
  }

  /**
   * A delta whose identity and tensors are set; the caller adds the batch, the facts, the events,
   * the measured scores, the seconds and the instant.
   */
  public ModelDelta.Builder delta() {
    ModelVersion before = staged.parent().version();
    ModelVersion after = staged.result().version();
    return ModelDelta.newBuilder()
        .setModel(staged.result().model())
        .setVersion(after.version())
        .setParent(before.version())
        .setBaseDigest(staged.result().base().buffer())
        .setParentDigest(before.digest().buffer())
        .setResultDigest(after.digest().buffer())
        .setChainHash(after.chainHash().buffer())
        .setKind(staged.kind())
        .setTensors(tensors);
  }
}
