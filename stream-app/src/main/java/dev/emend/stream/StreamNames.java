package dev.emend.stream;

/** Names of processors, stores and internal topics: part of the contract with a running state. */
final class StreamNames {
  static final String FACTS = "facts";
  static final String DECODE = "decode";
  static final String VALIDATE = "validate";
  static final String QUOTA = "quota";
  static final String DEDUPLICATE = "deduplicate";
  static final String CALENDAR_STAGE = "hold-the-future";
  static final String SETTLE = "settle";
  static final String HAND_OVER = "hand-over";
  static final String BURY = "bury";
  static final String ANSWER_REPEATS = "answer-repeats";

  static final String OUTCOMES_IN = "outcomes-in";
  static final String FEEDBACK = "feedback";
  static final String OUTCOMES = "outcomes";
  static final String DEAD_LETTERS = "dead-letters";
  static final String BATCHES = "batches";

  static final String QUOTAS = "quotas";
  static final String SEEN_EVENTS = "seen-events";
  static final String KNOWN_OUTCOMES = "known-outcomes";
  static final String WAITING_REPEATS = "waiting-repeats";
  static final String CALENDAR = "calendar";
  static final String FACT_HISTORY = "fact-history";
  static final String IN_GRACE = "in-grace";
  static final String WAITING_FACTS = "waiting-facts";
  static final String MODEL_PROGRESS = "model-progress";
  static final String CHANGE_SETS = "change-sets";

  static final String BY_EVENT = "by-event";
  static final String BY_FACT = "by-fact";
  static final String BY_MODEL = "by-model";

  private StreamNames() {}
}
