package dev.emend.delta;

import dev.emend.event.ModelDelta;
import java.util.Objects;

/**
 * One step of a run, as it was read.
 *
 * @param delta the record
 * @param payloads where its payloads are; asked only for those that the end of the run needs
 */
public record DeltaStep(ModelDelta delta, PayloadSource payloads) {
  /** Refuses null. */
  public DeltaStep {
    Objects.requireNonNull(delta, "delta");
    Objects.requireNonNull(payloads, "payloads");
  }
}
