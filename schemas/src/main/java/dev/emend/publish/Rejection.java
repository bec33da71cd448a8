package dev.emend.publish;

import dev.emend.fault.RejectReason;
import java.util.Objects;

/**
 * Why a change cannot be taken.
 *
 * @param reason the rule that is broken
 * @param detail one line for a person
 */
public record Rejection(RejectReason reason, String detail) {
  /** Refuses null. */
  public Rejection {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
