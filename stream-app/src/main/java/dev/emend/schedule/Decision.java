package dev.emend.schedule;

import dev.emend.event.CloseReason;

/** What a {@link WindowPolicy} says about the backlog of one model. */
public sealed interface Decision {

  /** The decision to leave the window open. */
  Decision WAIT = new Wait();

  /** The window stays open; ask again after the next arrival, feedback or tick. */
  record Wait() implements Decision {}

  /**
   * The window closes.
   *
   * @param reason why
   * @param limit most facts it may hold, at least 1; only a single larger change set may exceed it
   * @param prediction what the policy expects of it
   */
  record Close(CloseReason reason, int limit, Prediction prediction) implements Decision {

    /** Refuses a limit below 1. */
    public Close {
      if (limit < 1) {
        throw new IllegalArgumentException("a window holds at least 1 fact, not " + limit);
      }
    }
  }
}
