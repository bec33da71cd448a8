package dev.emend.version;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import java.util.List;
import java.util.Objects;

/**
 * All records that publish one version. They belong into one transaction.
 *
 * @param delta the step
 * @param chunks payloads that are not in the delta, in order
 * @param head where {@code live} then points
 */
public record VersionRecords(ModelDelta delta, List<DeltaChunk> chunks, ModelHead head) {
  /** Copies the list. */
  public VersionRecords {
    Objects.requireNonNull(delta, "delta");
    chunks = List.copyOf(chunks);
    Objects.requireNonNull(head, "head");
  }
}
