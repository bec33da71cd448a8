package dev.emend.worker;

/**
 * A consolidation under way: goes on in short steps, between which windows may be edited. Belongs
 * to the editing thread.
 */
public interface ConsolidationRun extends AutoCloseable {
  /** Whether there is nothing left but to stage it. */
  boolean done();

  /** One short step; the weights are then what they were before it. */
  void advance();

  /**
   * Puts the result on the stage, with what changed since the run began. Every standing fact is
   * among those that moved. To be called once, when done.
   */
  StagedEdit stage();

  /** Frees the native memory. */
  @Override
  void close();
}
