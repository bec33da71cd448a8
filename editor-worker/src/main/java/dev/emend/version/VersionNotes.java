package dev.emend.version;

import dev.emend.event.CanaryScores;
import dev.emend.event.PhaseSeconds;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a version besides its weights.
 *
 * @param batchId window that produced it; null for other kinds
 * @param factIds facts written or retracted
 * @param eventIds events that took effect
 * @param canary measured effect; null if not judged
 * @param seconds wall time by phase
 * @param createdAt when the step was finished
 */
public record VersionNotes(
    @Nullable String batchId,
    List<String> factIds,
    List<String> eventIds,
    @Nullable CanaryScores canary,
    PhaseSeconds seconds,
    Instant createdAt) {
  /** Copies the lists. */
  public VersionNotes {
    factIds = List.copyOf(factIds);
    eventIds = List.copyOf(eventIds);
    Objects.requireNonNull(seconds, "seconds");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
