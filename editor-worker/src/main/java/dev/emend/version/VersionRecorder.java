package dev.emend.version;

import dev.emend.delta.DeltaPackager;
import dev.emend.delta.PackedDelta;
import dev.emend.delta.StagedVersion;
import dev.emend.event.ModelDelta;
import dev.emend.event.VersionFact;
import java.util.List;
import java.util.Objects;

/** Writes down staged versions. Stateless but for its limits, hence thread-safe. */
public final class VersionRecorder {
  private final DeltaPackager packager;

  /** Lays payloads out as {@code packager} does. */
  public VersionRecorder(DeltaPackager packager) {
    this.packager = Objects.requireNonNull(packager, "packager");
  }

  /** The records of {@code staged}. */
  public VersionRecords record(StagedVersion staged, VersionNotes notes) {
    PackedDelta packed = packager.pack(staged);
    ModelDelta delta =
        packed
            .delta()
            .setBatchId(notes.batchId())
            .setFactIds(notes.facts().stream().map(VersionFact::getFactId).toList())
            .setFacts(notes.facts())
            .setEventIds(notes.eventIds())
            .setRolledBackTo(notes.rollback().map(VersionNotes.Rollback::to).orElse(null))
            .setUndoneEventIds(
                notes.rollback().map(VersionNotes.Rollback::undoneEvents).orElse(List.of()))
            .setCanary(notes.canary())
            .setRecipe(notes.recipe())
            .setSeconds(notes.seconds())
            .setCreatedAt(notes.createdAt())
            .build();
    return new VersionRecords(delta, packed.chunks());
  }
}
