package dev.emend.stream;

import dev.emend.event.FactOutcome;
import org.apache.kafka.common.utils.Bytes;

/** What {@link RepeatStage} hears of an event, under its id. */
sealed interface Heard {

  /** Something was decided of it: an outcome in wire form, or what somebody takes for one. */
  record Said(Bytes outcome) implements Heard {}

  /** A record repeated it; the outcome of that record, but for that of the original. */
  record Repeated(FactOutcome outcome) implements Heard {}
}
