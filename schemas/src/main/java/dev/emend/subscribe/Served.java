package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.sign.VersionProof;
import java.util.Optional;

/**
 * A state with the place in the log from which reading goes on after it.
 *
 * @param state what is served
 * @param position empty if nothing has been read yet
 * @param proof who signed the version; empty if nobody did, or if it is the base model
 */
record Served(ModelState state, Optional<LogPosition> position, Optional<VersionProof> proof) {
  /** A state of which nobody asks who made it. */
  Served(ModelState state, Optional<LogPosition> position) {
    this(state, position, Optional.empty());
  }

  long version() {
    return state.version().version();
  }

  /** Bytes of the payloads up to here, as far as they were counted. */
  long payloadBytes() {
    return position.map(LogPosition::payloadBytes).orElse(0L);
  }
}
