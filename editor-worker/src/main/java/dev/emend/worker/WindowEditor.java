package dev.emend.worker;

import dev.emend.canary.Examinee;
import dev.emend.delta.ModelState;
import dev.emend.event.BatchItem;
import dev.emend.ledger.FactLedger;
import java.util.List;

/**
 * A model that can be edited and asked: what the loop needs of the mathematics. Owns native memory.
 * Not thread-safe: every method, those of staged edits included, is called by the editing thread.
 */
public interface WindowEditor extends Examinee, AutoCloseable {
  /**
   * Makes the weights those of {@code state} and the key memory that of {@code ledger}, whatever
   * they were before. Called at the start and after an abort.
   */
  void restore(ModelState state, FactLedger ledger);

  /**
   * Edits a window on staged weights: until the staged edit is closed, {@link #ask} and {@link
   * #read} are about these. If this throws, the weights are those from before the call.
   *
   * @param items at least one; ids are unique; an ASSERT has an object, and the fact of a RETRACT
   *     stands in the ledger
   * @param ledger the standing facts, as restored or committed last
   */
  StagedEdit stage(List<BatchItem> items, FactLedger ledger);

  /**
   * Begins to derive the weights anew from those of {@code base} and the facts that stand. {@link
   * #restore} makes it void.
   *
   * @throws dev.emend.fault.Fault if that cannot be done
   */
  ConsolidationRun consolidate(ModelState base);

  /**
   * Condition number of what the keys of the standing facts are solved with, in the layer where it
   * is worst. Unlike the other methods it may be called by any thread.
   */
  double condition();

  /** Frees the native memory. */
  @Override
  void close();
}
