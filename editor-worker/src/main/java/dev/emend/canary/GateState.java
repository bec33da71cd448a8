package dev.emend.canary;

/**
 * What the last windows have taught a gate: calm, or wary after one that failed. Immutable.
 *
 * @param wary whether windows must reach the release limits
 * @param run how many windows in a row spoke for the other state
 */
public record GateState(boolean wary, int run) {
  /** Nothing has happened. */
  public static final GateState CALM = new GateState(false, 0);

  /** Something has failed. */
  public static final GateState WARY = new GateState(true, 0);

  /** Refuses a negative run. */
  public GateState {
    if (run < 0) {
      throw new IllegalArgumentException("a run of " + run + " windows");
    }
  }

  /**
   * After a window. One that fails makes the gate wary at once; so do {@code windows} in a row that
   * pass but miss a release limit, and {@code windows} in a row that reach them all make it calm.
   */
  public GateState after(boolean failed, boolean released, int windows) {
    if (failed) {
      return WARY;
    }
    boolean other = wary == released;
    if (!other) {
      return new GateState(wary, 0);
    }
    return run + 1 >= windows ? new GateState(!wary, 0) : new GateState(wary, run + 1);
  }
}
