package dev.emend.memit;

import dev.emend.fault.RejectReason;

/** A fact as the model reads it, or why it cannot. */
sealed interface ReadFact {
  /** The model can read it. */
  record Usable(EditTokens tokens) implements ReadFact {}

  /** The model cannot read it. */
  record Unusable(RejectReason reason, String detail) implements ReadFact {}
}
