package dev.emend.stream;

import dev.emend.stream.state.StandingFact;
import org.jspecify.annotations.Nullable;

/** What {@link Settlement} says about one change. */
sealed interface Verdict {

  /** The change takes the fact over; {@code replaced} is the object it says no longer. */
  record Accepted(StandingFact next, @Nullable String replaced) implements Verdict {}

  /** A later change of the fact is already known. */
  record Superseded(String by) implements Verdict {}

  /** What the change says is said already; {@code next} only moves on in the order. */
  record NoOp(StandingFact next, String detail) implements Verdict {}

  /** A retraction of a fact that nobody asserted. It still beats what is older. */
  record NothingToRetract(StandingFact next) implements Verdict {}

  /** The change held only for a time that is over: it says nothing of the present. */
  record Over() implements Verdict {}
}
