package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed while a consolidation ran: facts to take out of it again and facts to write on top,
 * with the targets that their windows found.
 *
 * @param plan what to release and write
 * @param targets of the written facts
 */
record CatchUp(WindowPlan plan, List<Target> targets) {
  CatchUp {
    targets = List.copyOf(targets);
  }

  /** The difference between the facts that were consolidated and those that stand now. */
  static CatchUp between(
      List<StandingTarget> consolidated, List<StandingTarget> standing, FactReader reader) {
    Map<String, StandingTarget> before = new HashMap<>();
    consolidated.forEach(fact -> before.put(fact.factId(), fact));
    List<String> released = new ArrayList<>();
    List<WindowPlan.Planned> written = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (StandingTarget fact : standing) {
      StandingTarget old = before.remove(fact.factId());
      if (!fact.equals(old) && reader.read(fact.fact()) instanceof ReadFact.Usable usable) {
        written.add(new WindowPlan.Planned(fact.fact(), usable.tokens(), true));
        targets.add(known(fact.target()));
        if (old != null) {
          released.add(fact.factId());
        }
      }
    }
    released.addAll(before.keySet().stream().sorted().toList());
    return new CatchUp(new WindowPlan(released, List.of(), written, List.of()), targets);
  }

  /** A target that needed no search. */
  static Target known(FloatVector z) {
    return new Target(z, 0, 0);
  }
}
