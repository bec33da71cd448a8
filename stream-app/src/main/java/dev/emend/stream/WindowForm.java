package dev.emend.stream;

import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;
import dev.emend.event.EditBatch;
import dev.emend.schedule.Decision;
import dev.emend.schedule.Prediction;
import dev.emend.schedule.learn.Estimate;
import dev.emend.stream.state.Handover;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Fills in the record of a window. */
final class WindowForm {
  private static final int ID_DIGITS = 32;

  private WindowForm() {}

  /** All but the items, which are in wire form already; see {@link BatchSplice}. */
  static EditBatch batch(
      String model, long sequence, List<Handover> items, Decision.Close close, Instant now) {
    Prediction predicted = close.prediction();
    return EditBatch.newBuilder()
        .setBatchId(batchId(model, items))
        .setModel(model)
        .setSequence(sequence)
        .setItems(List.of())
        .setReason(close.reason())
        .setClosedAt(now)
        .setPredictedSeconds(part(predicted.seconds(), Estimate::mean))
        .setPredictedSecondsHigh(part(predicted.seconds(), Estimate::high))
        .setPredictedBytes(rounded(predicted.bytes(), Estimate::mean))
        .setPredictedBytesHigh(rounded(predicted.bytes(), Estimate::high))
        .setPredictedEfficacy(part(predicted.efficacy(), Estimate::mean))
        .setPredictedEfficacyLow(part(predicted.efficacy(), Estimate::low))
        .setPredictedParaphrase(part(predicted.paraphrase(), Estimate::mean))
        .setPredictedLocality(part(predicted.locality(), Estimate::mean))
        .setPredictedLocalityLow(part(predicted.locality(), Estimate::low))
        .build();
  }

  /** Asks for a consolidation: a window without items. */
  static EditBatch consolidation(
      String model, long sequence, ConsolidationCause cause, Instant now) {
    MessageDigest digest = sha256();
    update(digest, model);
    update(digest, "consolidation " + sequence);
    return EditBatch.newBuilder()
        .setBatchId(id(digest))
        .setModel(model)
        .setSequence(sequence)
        .setItems(List.of())
        .setReason(CloseReason.CONSOLIDATION)
        .setConsolidation(cause)
        .setClosedAt(now)
        .build();
  }

  /** The same events in the same order give the same id, also after a restart. */
  private static String batchId(String model, List<Handover> items) {
    MessageDigest digest = sha256();
    update(digest, model);
    items.forEach(item -> update(digest, item.getEventId()));
    return id(digest);
  }

  private static String id(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0); // ids hold no control characters, so the parts stay apart
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static @Nullable Double part(Optional<Estimate> of, ToDoubleFunction<Estimate> part) {
    return of.isPresent() ? part.applyAsDouble(of.get()) : null;
  }

  private static @Nullable Long rounded(Optional<Estimate> of, ToDoubleFunction<Estimate> part) {
    return of.isPresent() ? Math.round(part.applyAsDouble(of.get())) : null;
  }
}
