package dev.emend.schedule.simulate;

import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Estimate;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Phase;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.ShareModel;
import dev.emend.schedule.learn.WindowLoad;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * A worker whose windows follow what was measured of a real one, with noise: the expected time,
 * memory and effect of a calibration are its truth. Not thread-safe.
 */
final class SimulatedWorker {
  private static final double MOMENT = 2;

  private final Learning truth;
  private final double noise;
  private final long seed;
  private final Random random;
  private long stock;

  /**
   * A worker.
   *
   * @param calibration what was measured
   * @param noise standard deviation of the logarithm of times
   */
  SimulatedWorker(LearnedState calibration, double noise, long seed) {
    this.truth = Learning.from(calibration);
    this.noise = noise;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Edits a window.
   *
   * @param start second at which the edit begins
   * @param speed share of the measured speed at that time
   */
  Observation edit(WindowLoad load, double start, double speed) {
    double factor = Math.exp(noise * disturbance(start)) / speed;
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, factor * truth.latency().seconds(load, phase));
    }
    double seconds = factor * truth.latency().seconds(load).mean();
    long before = stock;
    stock += load.facts();
    return new Observation(load, before, seconds, phases, bytes(load), effect(load, before));
  }

  /** Of the time and not of the window: whatever is scheduled meets the same slow moments. */
  private double disturbance(double second) {
    Random moment = new Random(seed + ((long) (second / MOMENT)) * 0x9E3779B97F4A7C15L);
    moment.nextGaussian(); // the first number of similar seeds is similar
    return moment.nextGaussian();
  }

  /** Facts in the model. */
  long stock() {
    return stock;
  }

  private long bytes(WindowLoad load) {
    return truth.memory().learned() ? Math.round(truth.memory().bytes(load).mean()) : 0;
  }

  private Effect effect(WindowLoad load, long before) {
    int facts = load.facts();
    return new Effect(
        share(truth.effect().efficacy(), facts, before, facts),
        share(truth.effect().paraphrase(), facts, before, 2 * facts),
        share(truth.effect().locality(), facts, before, 2 * facts),
        Share.UNKNOWN);
  }

  private Share share(ShareModel model, int facts, long before, int asked) {
    if (model.prompts() == 0) {
      return Share.UNKNOWN;
    }
    Estimate expected = model.share(facts, before);
    int hits = 0;
    for (int i = 0; i < asked; i++) {
      hits += random.nextDouble() < expected.mean() ? 1 : 0;
    }
    return new Share((double) hits / asked, asked);
  }
}
