package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.schedule.Decision;
import dev.emend.schedule.Prediction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Fills in the record of a window. */
final class WindowForm {
  private static final int ID_DIGITS = 32;

  private WindowForm() {}

  static EditBatch batch(
      String model, long sequence, List<BatchItem> items, Decision.Close close, Instant now) {
    Prediction predicted = close.prediction();
    return EditBatch.newBuilder()
        .setBatchId(batchId(model, items))
        .setModel(model)
        .setSequence(sequence)
        .setItems(items)
        .setReason(close.reason())
        .setClosedAt(now)
        .setPredictedSeconds(orNull(predicted.seconds()))
        .setPredictedBytes(orNull(predicted.bytes()))
        .setPredictedEfficacy(orNull(predicted.efficacy()))
        .build();
  }

  /** The same events in the same order give the same id, also after a restart. */
  private static String batchId(String model, List<BatchItem> items) {
    MessageDigest digest = sha256();
    update(digest, model);
    items.forEach(item -> update(digest, item.getEventId()));
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

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
