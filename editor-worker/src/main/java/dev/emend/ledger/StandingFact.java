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
    layers = List.copyOf(layers);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).layer() <= layers.get(i - 1).layer()) {
        throw new IllegalArgumentException("layers of " + factId + " do not ascend");
      }
    }
  }
}
