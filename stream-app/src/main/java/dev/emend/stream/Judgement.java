package dev.emend.stream;

import dev.emend.stream.state.Telling;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Settlement} finds about one fact.
 *
 * @param after what is known of the fact from now on
 * @param endings events that end here; the one that is told, if any, ends at the worker
 * @param telling what the model is to be told; empty if it need not be told anything
 * @param replaced what it was told before
 */
record Judgement(
    History after, List<Ending> endings, Optional<Telling> telling, @Nullable String replaced) {

  Judgement {
    endings = List.copyOf(endings);
  }

  /** Nothing changes. */
  static Judgement none(History history) {
    return new Judgement(history, List.of(), Optional.empty(), null);
  }

  /** Becomes known, and nobody need be told. */
  static Judgement silent(History after, List<Ending> endings) {
    return new Judgement(after, endings, Optional.empty(), null);
  }

  /** The model is told. */
  static Judgement told(History before, Telling telling, List<Ending> endings) {
    return new Judgement(
        before.telling(telling), endings, Optional.of(telling), before.toldObject());
  }
}
