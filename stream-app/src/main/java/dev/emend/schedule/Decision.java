package dev.emend.schedule;

import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;

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
   * @param cap the most that it may hold
   * @param prediction what the policy expects of it
   */
  record Close(CloseReason reason, WindowCap cap, Prediction prediction) implements Decision {}

  /**
   * The worker shall derive all standing facts anew from the base weights, before any later window.
   *
   * @param cause why now
   */
  record Consolidate(ConsolidationCause cause) implements Decision {}
}
