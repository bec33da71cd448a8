package dev.emend.stream;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.RejectReason;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which outcomes take back what {@link SettleStage} has let in. A broken rule does not: it was
 * found before, and a record that borrows the id of a good event must not undo that event. A
 * retraction that is refused because there is nothing leaves just that: nothing.
 */
final class Refusals {
  private static final Set<String> TAKING_NOTHING_BACK =
      EnumSet.of(
              RejectReason.UNREADABLE,
              RejectReason.EVENT_ID_INVALID,
              RejectReason.MODEL_INVALID,
              RejectReason.SUBJECT_EMPTY,
              RejectReason.RELATION_EMPTY,
              RejectReason.PROMPT_WITHOUT_PLACEHOLDER,
              RejectReason.OBJECT_EMPTY,
              RejectReason.TEXT_TOO_LONG,
              RejectReason.TEXT_WITH_CONTROL_CHARACTERS,
              RejectReason.VALIDITY_EMPTY,
              RejectReason.RECORDED_IN_FUTURE,
              RejectReason.KEY_MISMATCH,
              RejectReason.SOURCE_NOT_ALLOWED,
              RejectReason.RELATION_NOT_ALLOWED,
              RejectReason.QUOTA_EXCEEDED,
              RejectReason.NOTHING_TO_RETRACT)
          .stream()
          .map(RejectReason::name)
          .collect(Collectors.toUnmodifiableSet());

  private Refusals() {}

  /** Whether the fact's history must hear of it: a refusal, or what a rollback did. */
  static boolean concernsHistory(FactOutcome outcome) {
    return outcome.getRollback() != null || isRefusal(outcome);
  }

  static boolean isRefusal(FactOutcome outcome) {
    return outcome.getCode() == OutcomeCode.REJECTED
        && !outcome.getFactId().isEmpty()
        && !TAKING_NOTHING_BACK.contains(String.valueOf(outcome.getReason()));
  }
}
