package dev.emend.schedule.learn;

import java.util.OptionalDouble;

/**
 * Peak memory of the worker, bytes: {@code base + u facts + v facts longest}, because prompts are
 * padded to the longest. Not thread-safe.
 *
 * <p>Two bounds hold a window to a budget. The learned one, once there is enough to learn from; and
 * before, one that needs no statistics: since no term shrinks, a window of k times the facts and
 * the same prompts needs at most k times what was needed beyond the memory of the worker at rest.
 * The lower of the two counts.
 */
public final class MemoryModel {
  private static final String NAME = "memory";
  private static final double UNIT = 1 << 20;
  private static final double LONGEST_UNIT = 64;
  private static final double[] PRECISIONS = {1e-6, 1e-4, 1e-4};
  private static final double NOISE = 8;

  private final Regression regression;

  /** Lowest memory seen of a worker at rest; 0 if none was. */
  private double rest;

  /** The window that {@link #reach} is taken from: its facts, longest prompt and peak. */
  private double[] anchor = new double[3];

  /** Nothing is known yet; {@code keep} as in {@link Learning}. */
  MemoryModel(double keep) {
    this.regression = new Regression(PRECISIONS, keep, NOISE);
  }

  void observe(Observation window) {
    double peak = window.peakBytes() / UNIT;
    if (peak == 0) {
      return;
    }
    WindowLoad load = window.load();
    if (load.facts() == 0) {
      rest = rest == 0 ? peak : Math.min(rest, peak);
      return;
    }
    regression.observe(features(load), 1, peak);
    if (load.facts() * load.longest() >= anchor[0] * anchor[1] || peak > anchor[2]) {
      anchor = new double[] {load.facts(), load.longest(), peak};
    }
  }

  /** Whether a window was seen. */
  public boolean learned() {
    return anchor[0] > 0;
  }

  /** Peak bytes of a window. */
  public Estimate bytes(WindowLoad load) {
    Estimate peak = regression.predict(features(load), 1);
    return new Estimate(peak.mean() * UNIT, peak.low() * UNIT, peak.high() * UNIT);
  }

  /** The most bytes that a window is expected to need; empty if no window was seen yet. */
  public OptionalDouble most(WindowLoad load) {
    if (!learned()) {
      return OptionalDouble.empty();
    }
    double reach = reach(load) * UNIT;
    return OptionalDouble.of(regression.learned() ? Math.min(reach, bytes(load).high()) : reach);
  }

  private double reach(WindowLoad load) {
    double more = Math.max(1, load.facts() / anchor[0]);
    double longer = Math.max(1, load.longest() / Math.max(1, anchor[1]));
    double base = Math.min(rest, anchor[2]);
    return base + (anchor[2] - base) * more * longer;
  }

  private static double[] features(WindowLoad load) {
    return new double[] {1, load.facts(), load.facts() * load.longest() / LONGEST_UNIT};
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, regression.numbers());
    into.put(NAME + ".anchor", anchor[0], anchor[1], anchor[2], rest);
  }

  void load(LearnedState from) {
    from.find(NAME, regression.numbers().length).ifPresent(regression::restore);
    from.find(NAME + ".anchor", 4)
        .ifPresent(
            saved -> {
              anchor = new double[] {saved[0], saved[1], saved[2]};
              rest = saved[3];
            });
  }
}
