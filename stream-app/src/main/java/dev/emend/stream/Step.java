package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.Handover;
import org.apache.kafka.common.utils.Bytes;

/**
 * What travels between the stages. A stage takes the steps that are its own and passes the others
 * on, so that whatever was decided on the way leaves the path at its end.
 */
sealed interface Step {

  /** Somebody stated a change, and so far nothing speaks against it. */
  record Stated(FactChange change, SourceRecord source) implements Step {}

  /** The change breaks a rule. */
  record Broken(FactChange change, SourceRecord source, Rejection why) implements Step {}

  /** The {@code valid_to} of a change that was let in has come. */
  record Lapsed(FactChange change, SourceRecord source) implements Step {}

  /** The worker refused an event that we had let in, or a rollback undid it or brought it back. */
  record Undone(FactOutcome outcome) implements Step {}

  /** For the scheduler. */
  record Handed(Handover handover) implements Step {}

  /** For the outcomes topic. */
  record Decided(FactOutcome outcome) implements Step {}

  /** A record repeats an event: the outcome to give once that of the original is known. */
  record Repeated(FactOutcome outcome) implements Step {}

  /** For the dead letters. */
  record Dead(SourceRecord source, Rejection why) implements Step {}

  /** For the worker: a window in wire form. */
  record Closed(Bytes batch) implements Step {}
}
