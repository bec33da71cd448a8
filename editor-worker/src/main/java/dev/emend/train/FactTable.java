package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The facts that a model is trained on, in the order of their file. Immutable. */
public final class FactTable {
  private final List<StatedFact> facts;
  private final Map<String, List<String>> objects = new HashMap<>();

  /** A table of at least one fact. */
  public FactTable(List<StatedFact> facts) {
    this.facts = List.copyOf(facts);
    if (this.facts.isEmpty()) {
      throw new Fault(FaultCode.FACT_INVALID, "the fact table is empty");
    }
    for (StatedFact fact : this.facts) {
      objects.computeIfAbsent(fact.relation(), r -> new ArrayList<>()).add(fact.object());
    }
  }

  /** Reads a table with the columns relation, subject and object. */
  public static FactTable read(Path file) {
    return new FactTable(
        TabSeparated.read(file, "relation", "subject", "object").stream()
            .map(row -> new StatedFact(row.cell(0), row.cell(1), row.cell(2)))
            .toList());
  }

  /** All facts. */
  public List<StatedFact> facts() {
    return facts;
  }

  /** The number of facts. */
  public int size() {
    return facts.size();
  }

  /**
   * Another object of the fact's relation, drawn as often as facts name it, so that a guess at the
   * relation's most frequent object does not pass for knowledge. The true object where the relation
   * has no other.
   */
  String falseObject(StatedFact fact, SplittableRandom random) {
    List<String> others =
        objects.getOrDefault(fact.relation(), List.of()).stream()
            .filter(o -> !o.equals(fact.object()))
            .toList();
    return others.isEmpty() ? fact.object() : others.get(random.nextInt(others.size()));
  }
}
