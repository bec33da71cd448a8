package dev.emend.version;

import dev.emend.event.CanaryScores;
import dev.emend.event.EditRecipe;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.VersionFact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a version besides its weights.
 *
 * @param batchId window or order that produced it; null for a consolidation
 * @param facts what the facts that changed say now
 * @param eventIds events that took effect
 * @param rollback what it went back to, if it is a rollback
 * @param canary measured effect; null if not judged
 * @param recipe how the weights were made; null if nothing was edited
 * @param seconds wall time by phase
 * @param createdAt when the step was finished
 */
public record VersionNotes(
    @Nullable String batchId,
    List<VersionFact> facts,
    List<String> eventIds,
    Optional<Rollback> rollback,
    @Nullable CanaryScores canary,
    @Nullable EditRecipe recipe,
    PhaseSeconds seconds,
    Instant createdAt) {
  /** Copies the lists. */
  public VersionNotes {
    facts = List.copyOf(facts);
    eventIds = List.copyOf(eventIds);
    Objects.requireNonNull(rollback, "rollback");
    Objects.requireNonNull(seconds, "seconds");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /**
   * What a rollback did besides changing weights and facts.
   *
   * @param to version whose weights and facts are back
   * @param undoneEvents events that are in effect no longer
   */
  public record Rollback(long to, List<String> undoneEvents) {
    /** Copies the list. */
    public Rollback {
      undoneEvents = List.copyOf(undoneEvents);
    }
  }
}
