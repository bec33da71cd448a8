package dev.emend.stream;

import dev.emend.event.EditFeedback;
import dev.emend.stream.state.Handover;

/** What the scheduler of a model hears. */
sealed interface Signal {

  /** A change wants to go, or will never come though its set waits for it. */
  record Arrived(Handover handover) implements Signal {}

  /** The worker has finished a window, or has started. */
  record Reported(EditFeedback feedback) implements Signal {}
}
