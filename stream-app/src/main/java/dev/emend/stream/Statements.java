package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.stream.state.Statement;
import java.time.Instant;

/** Reads and makes {@link Statement}s. Pure. */
final class Statements {
  private Statements() {}

  static Statement of(FactChange change) {
    return new Statement(
        change.getEventId(),
        change.getOp() == FactOp.RETRACT ? null : change.getObject(),
        FactOrder.beginOf(change),
        change.getValidTo(),
        change.getRecordedAt(),
        false);
  }

  /** Whether the statement may be an answer at an instant that is not before its begin. */
  static boolean holds(Statement statement, Instant now) {
    return !statement.getRefused() && !isOver(statement, now);
  }

  static boolean isOver(Statement statement, Instant now) {
    return statement.getValidTo() != null && !statement.getValidTo().isAfter(now);
  }
}
