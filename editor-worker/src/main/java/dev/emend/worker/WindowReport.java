package dev.emend.worker;

import dev.emend.event.CanaryScores;
import dev.emend.event.EditBatch;
import dev.emend.event.PhaseSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a window went, for whoever watches.
 *
 * @param result what became of it
 * @param batch as it came
 * @param outcomes of its items
 * @param version that it produced; null if none
 * @param facts standing facts after it
 * @param canary measured effect; null if not judged
 * @param gate verdict on it as it came, {@code passed} or the score that was beyond its limit;
 *     empty if it was not judged
 * @param bisecting time of the trial edits that told culprits from the rest
 * @param seconds wall time by phase
 * @param peakBytes peak resident memory while it was edited
 * @param startedAt start of editing
 * @param editedAt end of editing and judging
 */
record WindowReport(
    Result result,
    EditBatch batch,
    List<ItemOutcome> outcomes,
    @Nullable Long version,
    int facts,
    @Nullable CanaryScores canary,
    Optional<String> gate,
    Duration bisecting,
    PhaseSeconds seconds,
    long peakBytes,
    Instant startedAt,
    Instant editedAt) {

  /** What became of a window. */
  enum Result {
    /** It became a version. */
    PUBLISHED,
    /** Nothing of it went into the weights. */
    UNVERSIONED,
    /** It was in the chain already. */
    REPLAYED,
    /** It was an order. */
    ORDERED
  }

  WindowReport {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(batch, "batch");
    outcomes = List.copyOf(outcomes);
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(bisecting, "bisecting");
    Objects.requireNonNull(seconds, "seconds");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(editedAt, "editedAt");
  }

  /** Items that went into the weights. */
  int applied() {
    return (int) outcomes.stream().filter(o -> o instanceof ItemOutcome.Applied).count();
  }

  /** Items that were refused. */
  int rejected() {
    return (int) outcomes.stream().filter(o -> o.rejection().isPresent()).count();
  }

  /** One line for the log. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "window %d of %s: %s, version %s, %d of %d items in the weights, %d refused, %s, %.2f s",
        batch.getSequence(),
        batch.getModel(),
        result.name().toLowerCase(Locale.ROOT),
        version == null ? "unchanged" : version,
        applied(),
        batch.getItems().size(),
        rejected(),
        canary == null
            ? "not judged"
            : String.format(Locale.ROOT, "%.0f %% hold", 100 * canary.getEfficacy()),
        seconds.getTotal());
  }
}
