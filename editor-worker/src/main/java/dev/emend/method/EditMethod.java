package dev.emend.method;

import dev.emend.memit.EditRequest;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.List;

/** A way to write facts into the weights of the model that it was made for. Not thread-safe. */
public interface EditMethod extends AutoCloseable {
  /** The layers whose down-projections it changes, ascending. */
  List<Integer> layers();

  /**
   * Writes the facts in their order, cut as the method does it, on top of what it wrote before.
   *
   * @param stage holds the weights of {@link #layers()}
   * @param facts no two with one id, all readable by the model
   */
  void edit(StagedWeights stage, List<EditRequest.Assert> facts, Progress progress);

  /** Forgets all earlier facts; the caller restores the weights. */
  void forget();

  /** Frees its native memory. */
  @Override
  void close();
}
