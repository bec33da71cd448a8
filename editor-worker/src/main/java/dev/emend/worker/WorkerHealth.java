package dev.emend.worker;

import dev.emend.delta.ModelVersion;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is.
 *
 * @param state what it does
 * @param served version that it serves; null before the first recovery
 * @param problem one line for a person; null if all is well
 */
public record WorkerHealth(State state, @Nullable ModelVersion served, @Nullable String problem) {

  /** What a worker does. */
  public enum State {
    /** Waits for the model's windows to be assigned to it; another worker may have them. */
    STANDBY,
    /** Rebuilds the model from the log. */
    RECOVERING,
    /** Waits for a window. */
    IDLE,
    /** Edits a window. */
    EDITING,
    /** Was closed. */
    STOPPED,
    /** Has given up; the problem says why. */
    FAILED
  }

  /** Refuses null. */
  public WorkerHealth {
    Objects.requireNonNull(state, "state");
  }

  /** Whether it serves a version and has not given up. */
  public boolean live() {
    return state == State.IDLE || state == State.EDITING;
  }

  /** The problem, if there is one. */
  public Optional<String> trouble() {
    return Optional.ofNullable(problem);
  }
}
