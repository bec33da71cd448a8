package dev.emend.schedule.simulate;

import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.WindowLoad;

/**
 * The floors and the budget that whatever is compared has to keep, judged by what is true of the
 * simulated worker and not by what came by chance. Two points of effect below a floor are let pass,
 * for all alike: who learns the floor from samples stands on both sides of it by a hair.
 */
final class Rules {
  private static final double HAIR = 0.02;

  private final Objectives objectives;
  private final Floors floors;
  private final Learning truth;

  Rules(Objectives objectives, Learning truth) {
    this.objectives = objectives;
    this.floors =
        new Floors(lower(objectives.floors().efficacy()), lower(objectives.floors().locality()));
    this.truth = truth;
  }

  private static double lower(double floor) {
    return Math.max(0, floor - HAIR);
  }

  int broken(Tape tape) {
    return (int) tape.windows().stream().filter(window -> !keeps(window.went())).count();
  }

  private boolean keeps(Observation window) {
    return keeps(window.load(), window.stock());
  }

  private boolean keeps(WindowLoad load, long stock) {
    return truth.effect().meets(floors, load.facts(), stock)
        && objectives
            .memory()
            .map(budget -> truth.memory().bytes(load).mean() <= budget.bytes())
            .orElse(true);
  }

  /**
   * The largest window that keeps them, known in hindsight.
   *
   * @param stock the most facts that come into the model
   */
  WindowCap cap(long stock) {
    int facts = objectives.cap().facts();
    while (facts > 1 && !keeps(Simulation.typical(facts), stock)) {
      facts--;
    }
    return new WindowCap(facts, objectives.cap().bytes());
  }
}
