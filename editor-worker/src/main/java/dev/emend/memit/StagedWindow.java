package dev.emend.memit;

import dev.emend.model.StagedWeights;

/**
 * A window, or a consolidation, that is edited but not yet decided: the decoder answers with the
 * edited weights. {@link #commit()} keeps them and what is remembered of them; {@link #close()}
 * without it restores the weights and forgets the window without a trace. Not thread-safe; one at a
 * time.
 */
public final class StagedWindow implements AutoCloseable {
  private final StagedWeights weights;
  private final Memory memory;
  private final WindowResult result;
  private boolean decided;

  /** What an editor remembers besides the weights, decided together with them. */
  interface Memory {
    /** The staged memory becomes the editor's. */
    void keep();

    /** The staged memory is dropped. */
    void forget();
  }

  StagedWindow(StagedWeights weights, Memory memory, WindowResult result) {
    this.weights = weights;
    this.memory = memory;
    this.result = result;
  }

  /** What the editing came to. */
  public WindowResult result() {
    return result;
  }

  /** Keeps the edited weights and remembers the window's keys. */
  public void commit() {
    if (decided) {
      throw new IllegalStateException("this window is decided already");
    }
    decided = true;
    memory.keep();
    weights.commit();
  }

  /**
   * Keeps the edited weights but forgets the window's keys, so that later windows do not spare it:
   * what the public implementations do when they are called again and again.
   */
  public void commitForgetting() {
    if (decided) {
      throw new IllegalStateException("this window is decided already");
    }
    decided = true;
    memory.forget();
    weights.commit();
  }

  /** Restores the weights unless the window was committed. */
  @Override
  public void close() {
    if (!decided) {
      decided = true;
      memory.forget();
      weights.close();
    }
  }
}
