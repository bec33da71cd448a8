package dev.emend.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact that the weights hold.
 *
 * @param factId subject|relation; unique within a model
 * @param eventId event that wrote it
 * @param prompt prompt with one <code>{}</code> for the subject
 * @param object what the weights answer
 * @param baseAnswer top answer before the fact was first written; null if it was not asked
 * @param version version in which it was written, at least 1
 * @param placedVersion version whose step wrote target and pairs, at least {@code version}
 * @param target z of the target optimisation, d values; empty if none is kept
 * @param layers one pair an edited layer, ascending
 * @param validFrom from when the fact holds; null if not stated
 * @param validTo until when it holds, exclusive; null if open-ended
 */
public record StandingFact(
    String factId,
    String eventId,
    String subject,
    String relation,
    String prompt,
    String object,
    @Nullable String baseAnswer,
    long version,
    long placedVersion,
    FloatVector target,
    List<LayerPair> layers,
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    Instant writtenAt,
    String source) {

  /** Refuses a version below 1 and layers that do not ascend. */
  public StandingFact {
    Objects.requireNonNull(factId, "factId");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(target, "target");
    if (version < 1) {
      throw new IllegalArgumentException("facts stand from version 1 on, not " + version);
    }
    if (placedVersion < version) {
      throw new IllegalArgumentException(
          factId + " of version " + version + " cannot be placed by " + placedVersion);
    }
    layers = List.copyOf(layers);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).layer() <= layers.get(i - 1).layer()) {
        throw new IllegalArgumentException("layers of " + factId + " do not ascend");
      }
    }
  }

  /** A fact whose own version wrote its target and pairs. */
  public StandingFact(
      String factId,
      String eventId,
      String subject,
      String relation,
      String prompt,
      String object,
      @Nullable String baseAnswer,
      long version,
      FloatVector target,
      List<LayerPair> layers,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      Instant writtenAt,
      String source) {
    this(
        factId,
        eventId,
        subject,
        relation,
        prompt,
        object,
        baseAnswer,
        version,
        version,
        target,
        layers,
        validFrom,
        validTo,
        writtenAt,
        source);
  }

  /** The same fact, with a target and pairs that a later version wrote. */
  public StandingFact placedBy(long later, FloatVector newTarget, List<LayerPair> newLayers) {
    return new StandingFact(
        factId,
        eventId,
        subject,
        relation,
        prompt,
        object,
        baseAnswer,
        version,
        later,
        newTarget,
        newLayers,
        validFrom,
        validTo,
        writtenAt,
        source);
  }
}
