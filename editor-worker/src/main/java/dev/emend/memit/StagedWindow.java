package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import dev.emend.model.StagedWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A window that is edited but not yet decided: the decoder answers with the edited weights. {@link
 * #commit()} keeps them and lets the key memory grow; {@link #close()} without it restores the
 * weights and forgets the window without a trace. Not thread-safe; one window at a time.
 */
public final class StagedWindow implements AutoCloseable {
  private final StagedWeights weights;
  private final KeyMemory memory;
  private final List<String> released;
  private final WindowResult result;
  private boolean decided;

  StagedWindow(
      StagedWeights weights, KeyMemory memory, List<String> released, WindowResult result) {
    this.weights = weights;
    this.memory = memory;
    this.released = List.copyOf(released);
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
    Map<String, List<LayerPair>> written = new HashMap<>();
    result.written().forEach(fact -> written.put(fact.factId(), new ArrayList<>(fact.layers())));
    memory.commit(released, written);
    weights.commit();
  }

  /** Restores the weights unless the window was committed. */
  @Override
  public void close() {
    if (!decided) {
      decided = true;
      memory.rollback();
      weights.close();
    }
  }
}
