package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an editor remembers once a window is kept: the released facts go, the edited ones come. */
final class GrownMemory implements StagedWindow.Memory {
  private final KeyMemory memory;
  private final StandingTargets standing;
  private final int targetLayer;
  private final WindowPlan plan;
  private final List<EditedFact> edited;

  /**
   * A memory that is to grow.
   *
   * @param edited one for each written fact of the plan
   */
  GrownMemory(
      KeyMemory memory,
      StandingTargets standing,
      int targetLayer,
      WindowPlan plan,
      List<EditedFact> edited) {
    this.memory = memory;
    this.standing = standing;
    this.targetLayer = targetLayer;
    this.plan = plan;
    this.edited = List.copyOf(edited);
  }

  @Override
  public void keep() {
    Map<String, List<LayerPair>> written = new HashMap<>();
    edited.forEach(fact -> written.put(fact.factId(), fact.layers()));
    memory.commit(plan.released(), written);
    plan.released().forEach(standing::remove);
    for (int i = 0; i < edited.size(); i++) {
      EditRequest.Assert fact = plan.written().get(i).fact();
      standing.put(new StandingTarget(fact, targetLayer, edited.get(i).target().z()));
    }
  }

  @Override
  public void forget() {
    memory.rollback();
  }
}
