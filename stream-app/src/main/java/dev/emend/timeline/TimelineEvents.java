package dev.emend.timeline;

import dev.emend.dataset.EditCase;
import dev.emend.dataset.FactChanges;
import dev.emend.event.FactChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Turns change points into events. The id is a function of what is said, so that a replay says the
 * same events again and the stream knows them as duplicates.
 */
final class TimelineEvents {
  private static final int ID_DIGITS = 32;

  private final String model;
  private final String source;

  TimelineEvents(String model, String source) {
    this.model = model;
    this.source = source;
  }

  /** The event; it holds until the next one says otherwise. */
  FactChange event(ChangePoint point, Instant recordedAt) {
    EditCase statement = point.statement();
    FactChange change = FactChanges.of(statement, model, recordedAt, source);
    change.setEventId(eventId(point));
    change.setOp(point.op());
    change.setObject(point.object());
    change.setValidFrom(point.at());
    change.setValidTo(null);
    return change;
  }

  String eventId(ChangePoint point) {
    EditCase statement = point.statement();
    MessageDigest digest = sha256();
    add(digest, model);
    add(digest, statement.subject());
    add(digest, statement.relation());
    add(digest, statement.prompt());
    add(digest, point.at().toString());
    add(digest, point.op().name());
    add(digest, point.object() == null ? "" : point.object());
    return "sync-" + HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS);
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) (bytes.length >>> 8));
    digest.update((byte) bytes.length);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
