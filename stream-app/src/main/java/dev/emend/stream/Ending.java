package dev.emend.stream;

/** Why an event ends at {@link SettleStage} and is not handed over. */
sealed interface Ending {

  /** The event. */
  String eventId();

  /** A later statement holds instead. */
  record Superseded(String eventId, String by) implements Ending {}

  /** It changes nothing. */
  record NoOp(String eventId, String detail) implements Ending {}

  /** A retraction of a fact that nobody asserted. Its date is remembered all the same. */
  record NothingToRetract(String eventId) implements Ending {}
}
