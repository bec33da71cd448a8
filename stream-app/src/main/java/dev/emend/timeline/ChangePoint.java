package dev.emend.timeline;

import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant at which what is true of a fact changes.
 *
 * @param at when
 * @param statement the statement that holds from then on; for RETRACT the one that held before
 * @param op ASSERT if the statement's object holds, RETRACT if nothing does
 */
record ChangePoint(Instant at, EditCase statement, FactOp op) {

  /** The object that holds from then on; null if none does. */
  @Nullable String object() {
    return op == FactOp.RETRACT ? null : statement.object();
  }
}
