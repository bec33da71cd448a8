package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.event.CanaryScores;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.weights.Digest32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a version brought.
 *
 * @param version number, digest and chain hash
 * @param kind what produced it; {@code ROLLBACK} also if an alias came back to it
 * @param facts facts written or taken out, {@code subject|relation}
 * @param events events that took effect
 * @param canary measured effect; empty if it was not judged
 * @param createdAt when the worker finished it; the epoch if that is not known
 */
public record ServedVersion(
    ModelVersion version,
    DeltaKind kind,
    List<String> facts,
    List<String> events,
    Optional<CanaryScores> canary,
    Instant createdAt) {
  /** Copies the lists. */
  public ServedVersion {
    facts = List.copyOf(facts);
    events = List.copyOf(events);
  }

  /** What a delta states about its result; nothing is verified. */
  static ServedVersion of(ModelDelta delta) {
    ModelVersion version =
        new ModelVersion(
            delta.getVersion(),
            Digest32.of(delta.getResultDigest()),
            Digest32.of(delta.getChainHash()));
    return new ServedVersion(
        version,
        delta.getKind(),
        delta.getFactIds(),
        delta.getEventIds(),
        Optional.ofNullable(delta.getCanary()),
        delta.getCreatedAt());
  }

  /** A version that is served again, of which only the weights are at hand. */
  static ServedVersion again(ModelState state) {
    return new ServedVersion(
        state.version(), DeltaKind.ROLLBACK, List.of(), List.of(), Optional.empty(), Instant.EPOCH);
  }

  /** The version's number. */
  public long number() {
    return version.version();
  }
}
