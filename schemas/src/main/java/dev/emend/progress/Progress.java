package dev.emend.progress;

/** Receives the progress of long work. Implementations must be cheap and thread-safe. */
@FunctionalInterface
public interface Progress {
  /** Ignores everything. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * Says that {@code done} of {@code total} steps of a phase are complete.
   *
   * @param phase short name for a person, for example {@code targets}
   * @param done completed steps, from 0 to {@code total}
   * @param total all steps of the phase; 0 if unknown
   */
  void at(String phase, long done, long total);
}
