package dev.emend.memit;

import dev.emend.fault.RejectReason;
import java.util.Objects;

/**
 * Why one fact of a window was not edited; the others were.
 *
 * @param factId the fact
 * @param reason code of the reason
 * @param detail one line for a person
 */
public record Rejection(String factId, RejectReason reason, String detail) {
  /** Refuses null. */
  public Rejection {
    Objects.requireNonNull(factId, "factId");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
