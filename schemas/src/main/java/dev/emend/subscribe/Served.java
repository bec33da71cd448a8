package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import java.util.Optional;

/**
 * A state with the place in the log from which reading goes on after it.
 *
 * @param state what is served
 * @param position empty if nothing has been read yet
 */
record Served(ModelState state, Optional<LogPosition> position) {
  long version() {
    return state.version().version();
  }

  /** Bytes of the payloads up to here, as far as they were counted. */
  long payloadBytes() {
    return position.map(LogPosition::payloadBytes).orElse(0L);
  }
}
