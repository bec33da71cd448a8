package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what a staged consolidation came to. */
final class ConsolidatedResult {
  private ConsolidatedResult() {}

  /**
   * The result: new values of every edited tensor, and all standing facts with their new pairs.
   *
   * @param edit has caught up, its layers hold the final values
   * @param derived memory of the consolidated facts
   * @param standing all facts
   * @param late those that the catch-up wrote
   */
  static WindowResult of(
      WindowEdit edit,
      Consolidation done,
      KeyMemory derived,
      List<StandingTarget> standing,
      List<EditedFact> late) {
    Map<String, List<LayerPair>> written = new HashMap<>();
    late.forEach(fact -> written.put(fact.factId(), fact.layers()));
    List<EditedFact> moved = new ArrayList<>();
    for (StandingTarget fact : standing) {
      List<LayerPair> pairs = written.getOrDefault(fact.factId(), derived.pairs(fact.factId()));
      moved.add(new EditedFact(fact.factId(), CatchUp.known(fact.target()), pairs));
    }
    return new WindowResult(
        edit.layers().stream().map(StagedLayer::replacement).toList(),
        List.of(),
        moved,
        List.of(),
        List.of(),
        done.times().plus(edit.times()));
  }
}
