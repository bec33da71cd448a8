package dev.emend.version;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import java.util.List;
import java.util.Objects;

/**
 * All records that hold one version. They belong into one transaction, with those of the aliases
 * that it moves.
 *
 * @param delta the step
 * @param chunks payloads that are not in the delta, in order
 */
public record VersionRecords(ModelDelta delta, List<DeltaChunk> chunks) {
  /** Copies the list. */
  public VersionRecords {
    Objects.requireNonNull(delta, "delta");
    chunks = List.copyOf(chunks);
  }
}
