package dev.emend.memit;

import dev.emend.memory.MemoryBudget;
import dev.emend.memory.MemoryNeed;
import java.util.List;

/**
 * Fits windows into the memory that is left, before anything is done: by smaller passes, which cost
 * time only, as far as that goes, and then by editing them in parts. Immutable.
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
   * The fewest parts, with the largest pass, with which a window fits.
   *
   * @param together most facts of a part, whatever the memory
   * @throws dev.emend.fault.Fault MEMORY_EXCEEDED with the figures if it fits with none
   */
  WindowCut of(WindowPlan plan, int together) {
    List<EditTokens> facts = plan.tokens();
    int released = plan.released().size();
    int most = Math.min(facts.size(), together);
    WindowCut cut = WindowCut.inParts(plan.subjects(), most, largest);
    if (!budget.isLimited()) {
      return cut;
    }
    while (cut.tokensPerPass() > SMALLEST && !fits(facts, plan, cut)) {
      cut = new WindowCut(cut.parts(), Math.max(SMALLEST, cut.tokensPerPass() / 2));
    }
    while (most > 1 && !fits(facts, plan, cut)) {
      most = (most + 1) / 2;
      cut = WindowCut.inParts(plan.subjects(), most, cut.tokensPerPass());
    }
    MemoryNeed need = memory.of(facts, plan.subjects(), released, cut);
    String work = "a window of " + facts.size() + " facts";
    budget.require(cut.parts().size() > 1 ? work + " in parts" : work, need, advice(plan));
    return cut;
  }

  /**
   * The largest pass with which facts that are searched one by one fit.
   *
   * @throws dev.emend.fault.Fault MEMORY_EXCEEDED with the figures if they fit with none
   */
  int of(List<EditTokens> facts) {
    int tokens = largest;
    while (tokens > SMALLEST && budget.isLimited() && !budget.fits(memory.passes(facts, tokens))) {
      tokens = Math.max(SMALLEST, tokens / 2);
    }
    budget.require(facts.size() + " facts", memory.passes(facts, tokens), "use smaller windows");
    return tokens;
  }

  private boolean fits(List<EditTokens> facts, WindowPlan plan, WindowCut cut) {
    return budget.fits(memory.of(facts, plan.subjects(), plan.released().size(), cut));
  }

  private String advice(WindowPlan plan) {
    int fitting = plan.written().size() / 2;
    while (fitting > 0 && !budget.fits(alone(plan, fitting))) {
      fitting /= 2;
    }
    return fitting == 0
        ? "allow more memory"
        : "use windows of " + fitting + " facts, or allow more memory";
  }

  /** The first facts as a window of their own, one by one. */
  private MemoryNeed alone(WindowPlan plan, int count) {
    List<String> subjects = plan.subjects().subList(0, count);
    WindowCut cut = WindowCut.inParts(subjects, 1, Math.min(largest, SMALLEST));
    return memory.of(plan.tokens().subList(0, count), subjects, 0, cut);
  }
}
