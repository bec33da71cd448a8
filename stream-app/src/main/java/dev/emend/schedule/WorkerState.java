package dev.emend.schedule;

/**
 * What is known of the worker of a model.
 *
 * @param outstanding windows handed over that it has given no feedback on, at least 0
 */
public record WorkerState(int outstanding) {

  /** A worker that has finished all that it was given. */
  public static final WorkerState IDLE = new WorkerState(0);

  /** Refuses a negative count. */
  public WorkerState {
    if (outstanding < 0) {
      throw new IllegalArgumentException("windows outstanding: " + outstanding);
    }
  }

  /** Whether it has nothing to do. */
  public boolean idle() {
    return outstanding == 0;
  }
}
