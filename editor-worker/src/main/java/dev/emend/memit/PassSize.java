package dev.emend.memit;

import dev.emend.memory.MemoryBudget;
import dev.emend.memory.MemoryNeed;
import java.util.List;

/**
 * Fits windows into the memory that is left: by smaller passes, which cost time only, as far as
 * that goes. Immutable.
 */
final class PassSize {
  /** Below this a pass is hardly smaller for the memory and much slower. */
  private static final int SMALLEST = 64;

  private final MemoryBudget budget;
  private final WindowMemory memory;
  private final int largest;

  /**
   * A chooser.
   *
   * @param largest tokens of a pass where memory does not matter
   */
  PassSize(MemoryBudget budget, WindowMemory memory, int largest) {
    this.budget = budget;
    this.memory = memory;
    this.largest = largest;
  }

  /**
   * The largest pass with which a window fits.
   *
   * @throws dev.emend.fault.Fault MEMORY_EXCEEDED with the figures if it fits with none
   */
  int of(WindowPlan plan) {
    List<EditTokens> facts = plan.tokens();
    List<EditTokens> problems =
        facts.isEmpty() ? facts : JointTargets.of(facts, plan.subjects()).problems();
    int tokens = largest;
    if (!budget.isLimited()) {
      return tokens;
    }
    int released = plan.released().size();
    while (tokens > SMALLEST && !budget.fits(memory.of(facts, problems, released, tokens))) {
      tokens = Math.max(SMALLEST, tokens / 2);
    }
    MemoryNeed need = memory.of(facts, problems, released, tokens);
    budget.require("a window of " + facts.size() + " facts", need, advice(facts));
    return tokens;
  }

  private String advice(List<EditTokens> facts) {
    int fitting = facts.size() / 2;
    while (fitting > 0 && !fits(facts.subList(0, fitting))) {
      fitting /= 2;
    }
    return fitting == 0
        ? "allow more memory"
        : "use windows of " + fitting + " facts, or allow more memory";
  }

  private boolean fits(List<EditTokens> facts) {
    return budget.fits(memory.of(facts, facts, 0, Math.min(largest, SMALLEST)));
  }
}
