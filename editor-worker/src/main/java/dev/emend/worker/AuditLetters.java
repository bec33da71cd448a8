package dev.emend.worker;

import dev.emend.event.AuditEntry;
import dev.emend.event.AuditKind;
import dev.emend.event.DeltaKind;
import dev.emend.event.EditBatch;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.topic.Topics;
import dev.emend.version.HeadCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the audit trail: made from the very records that they tell about, and committed with
 * them. Stateless.
 */
final class AuditLetters {
  private final Topics topics;

  AuditLetters(Topics topics) {
    this.topics = topics;
  }

  /** A version, and who said what it says. */
  Outgoing version(ModelDelta delta) {
    return letter(
        entry(delta.getModel(), kind(delta.getKind()), delta.getVersion(), delta.getCreatedAt())
            .setBatchId(delta.getBatchId())
            .setFacts(delta.getFacts())
            .setUndoneEventIds(delta.getUndoneEventIds())
            .setChainHash(delta.getChainHash().duplicate()));
  }

  /** An alias that went elsewhere, or that is held. */
  Outgoing alias(ModelHead head, HeadCause cause) {
    String held = head.getHeld() == null ? "" : ": " + head.getHeld();
    return letter(
        entry(head.getModel(), AuditKind.ALIAS, head.getVersion(), head.getMovedAt())
            .setAlias(head.getAlias())
            .setDetail(cause.name() + held)
            .setChainHash(head.getChainHash().duplicate()));
  }

  /**
   * An order.
   *
   * @param newest the newest version once it is answered
   * @param refusal why it was not carried out; null if it was
   */
  Outgoing order(EditBatch order, long newest, @Nullable String refusal, Instant now) {
    return letter(
        entry(order.getModel(), AuditKind.ORDER, newest, now)
            .setBatchId(order.getBatchId())
            .setOrder(order.getOrder())
            .setDetail(refusal));
  }

  private static AuditEntry.Builder entry(String model, AuditKind kind, long version, Instant at) {
    return AuditEntry.newBuilder()
        .setModel(model)
        .setKind(kind)
        .setVersion(version)
        .setRecordedAt(at);
  }

  private static AuditKind kind(DeltaKind kind) {
    return switch (kind) {
      case WINDOW -> AuditKind.WINDOW;
      case CONSOLIDATION -> AuditKind.CONSOLIDATION;
      case ROLLBACK -> AuditKind.ROLLBACK;
    };
  }

  private Outgoing letter(AuditEntry.Builder entry) {
    AuditEntry built = entry.build();
    return Outgoing.withModel(topics.audit(), built.getModel(), built);
  }
}
