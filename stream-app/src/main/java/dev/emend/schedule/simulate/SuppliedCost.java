package dev.emend.schedule.simulate;

import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowCost;
import dev.emend.schedule.learn.WindowLoad;
import java.util.Map;

/**
 * A calibration for a worker that nobody has measured: its time is a straight line that is given,
 * every fact holds, and no memory is known.
 */
public final class SuppliedCost {
  private static final int ROUNDS = 5;
  private static final int LARGEST = 256;
  private static final double TOKENS = 14;
  private static final int LONGEST = 20;

  private SuppliedCost() {}

  /** What a calibration would have found of a worker with this cost. */
  public static LearnedState of(WindowCost cost) {
    Learning learning = Learning.withoutForgetting();
    for (int round = 0; round < ROUNDS; round++) {
      for (int facts = 1; facts <= LARGEST; facts *= 2) {
        learning.observe(window(facts, cost.seconds(facts)), Floors.NONE);
      }
    }
    learning.consolidated();
    return learning.state();
  }

  private static Observation window(int facts, double seconds) {
    Share all = new Share(1, facts);
    return new Observation(
        new WindowLoad(facts, TOKENS * facts, LONGEST),
        0,
        seconds,
        Map.of(),
        0,
        new Effect(all, all, all, all));
  }
}
