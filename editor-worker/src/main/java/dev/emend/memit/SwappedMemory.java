package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an editor remembers once a consolidation is kept: the derived memory in place of its own.
 */
final class SwappedMemory implements StagedWindow.Memory {
  private final KeyMemory derived;
  private final WindowPlan plan;
  private final List<EditedFact> late;
  private final Consumer<KeyMemory> swap;

  /**
   * A memory that is to be swapped in.
   *
   * @param derived that of the consolidation, with the steps of the catch-up pending
   * @param plan the catch-up
   * @param late facts that the catch-up wrote
   * @param swap takes it over
   */
  SwappedMemory(
      KeyMemory derived, WindowPlan plan, List<EditedFact> late, Consumer<KeyMemory> swap) {
    this.derived = derived;
    this.plan = plan;
    this.late = List.copyOf(late);
    this.swap = swap;
  }

  @Override
  public void keep() {
    if (!plan.released().isEmpty() || !late.isEmpty()) {
      Map<String, List<LayerPair>> written = new HashMap<>();
      late.forEach(fact -> written.put(fact.factId(), fact.layers()));
      derived.commit(plan.released(), written);
    }
    swap.accept(derived);
  }

  @Override
  public void forget() {
    derived.close();
  }
}
