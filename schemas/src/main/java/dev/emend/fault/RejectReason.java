package dev.emend.fault;

/**
 * Why an event was refused: one code a rule. The name travels in {@code FactOutcome.reason} and in
 * the headers of the dead letter, and is never renamed.
 */
public enum RejectReason {
  /** The bytes are not a record of a known schema. */
  UNREADABLE,
  /** The event id is empty or too long. */
  EVENT_ID_INVALID,
  /** The model name is empty, too long, or has characters outside {@code [A-Za-z0-9._-]}. */
  MODEL_INVALID,
  /** The subject is empty or blank. */
  SUBJECT_EMPTY,
  /** The relation is empty or blank. */
  RELATION_EMPTY,
  /** The prompt does not hold exactly one <code>{}</code>. */
  PROMPT_WITHOUT_PLACEHOLDER,
  /** An ASSERT without an object, or with a blank one. */
  OBJECT_EMPTY,
  /** A text field is longer than the limit. */
  TEXT_TOO_LONG,
  /** A text field holds control characters. */
  TEXT_WITH_CONTROL_CHARACTERS,
  /** {@code valid_to} is not after {@code valid_from}. */
  VALIDITY_EMPTY,
  /** {@code recorded_at} lies further in the future than clocks may differ. */
  RECORDED_IN_FUTURE,
  /** The record key is not the key of the fact in the value. */
  KEY_MISMATCH,
  /** The source is not among those that may say facts. */
  SOURCE_NOT_ALLOWED,
  /** The relation is not among those that anybody, or the source, may speak of. */
  RELATION_NOT_ALLOWED,
  /** The source has said as many facts as it may; later the same event is welcome. */
  QUOTA_EXCEEDED,
  /** A change set has an empty id, a size below one, or more than a window can hold. */
  CHANGE_SET_INVALID,
  /** Not all members of a change set came in time. */
  CHANGE_SET_INCOMPLETE,
  /** The model's tokenizer cannot find the subject in the prompt or yields no tokens for it. */
  TEXT_UNTOKENISABLE,
  /** The prompt with its object is longer than the model can read. */
  PROMPT_TOO_LONG,
  /** Nothing is known that a RETRACT could take out. */
  NOTHING_TO_RETRACT,
  /** The edit produced values that are not finite. */
  EDIT_NOT_FINITE,
  /** The window would take more memory than the worker may use; it was not begun. */
  WINDOW_TOO_LARGE,
  /** The editor failed on the whole window, twice; the fault is ours and the log has it. */
  EDIT_FAILED,
  /** The measured effect of the edit is below the gate. */
  CANARY_FAILED,
  /** No worker serves the model. */
  MODEL_UNKNOWN
}
