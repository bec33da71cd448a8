package dev.emend.evaluate;

import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Which cases of a data set count: those that assert something, of certain relations if any are
 * named, in an order drawn from a seed if there is one, at most so many.
 *
 * @param seed of the order; none keeps the file's and all its cases, also two about one fact
 * @param cases at most so many; none takes all
 * @param relations only these; empty takes all
 */
public record CaseSelection(Optional<Long> seed, Optional<Integer> cases, Set<String> relations) {

  /** All cases in the order of the file. */
  public static final CaseSelection ALL =
      new CaseSelection(Optional.empty(), Optional.empty(), Set.of());

  /** Copies the set. */
  public CaseSelection {
    relations = Set.copyOf(relations);
    if (cases.isPresent() && cases.get() < 1) {
      throw new IllegalArgumentException("at least one case, not " + cases.get());
    }
  }

  /** The same selection in the order of another seed. */
  public CaseSelection withSeed(long other) {
    return new CaseSelection(Optional.of(other), cases, relations);
  }

  /** The name of a case's fact: two cases with one name cannot both hold. */
  public static String factId(EditCase edit) {
    return edit.subject() + '|' + edit.relation();
  }

  /** What is asked of an editor for a case that asserts something. */
  public static EditRequest.Assert request(EditCase edit) {
    String object = Objects.requireNonNull(edit.object(), "an asserted case has an object");
    return new EditRequest.Assert(factId(edit), edit.prompt(), edit.subject(), object);
  }

  /**
   * The selected cases. A seeded selection holds one case a fact, so that no two contradict.
   *
   * @throws Fault USAGE if there are none
   */
  public List<EditCase> of(List<EditCase> all) {
    List<EditCase> chosen = new ArrayList<>();
    for (EditCase edit : all) {
      if (edit.op() == FactOp.ASSERT
          && (relations.isEmpty() || relations.contains(edit.relation()))) {
        chosen.add(edit);
      }
    }
    if (seed.isPresent()) {
      Collections.shuffle(chosen, new Random(seed.get()));
      chosen = oneForEachFact(chosen);
    }
    if (chosen.isEmpty()) {
      throw new Fault(
          FaultCode.USAGE,
          "no case of the data set asserts a fact"
              + (relations.isEmpty() ? "" : " of the relations " + relations));
    }
    return List.copyOf(chosen.subList(0, Math.min(chosen.size(), cases.orElse(chosen.size()))));
  }

  private static List<EditCase> oneForEachFact(List<EditCase> cases) {
    Map<String, EditCase> byFact = new LinkedHashMap<>();
    cases.forEach(edit -> byFact.putIfAbsent(factId(edit), edit));
    return new ArrayList<>(byFact.values());
  }
}
