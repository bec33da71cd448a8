package dev.emend.schedule;

/** Says of a window that is being filled whether the worker can bear it. */
@FunctionalInterface
public interface WindowGuard {
  /** Bears everything. */
  WindowGuard NONE = shape -> true;

  /** Whether a window of this size may start. One that may not is cut before. */
  boolean admits(WindowShape shape);
}
