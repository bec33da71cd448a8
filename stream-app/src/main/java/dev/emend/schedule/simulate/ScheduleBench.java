package dev.emend.schedule.simulate;

import dev.emend.schedule.ModelScheduler;
import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.WindowScheduler;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Holds the scheduler against the best fixed size and the best fixed time, each chosen in hindsight
 * for the pattern at hand: something that nobody who sets them by hand can do.
 */
public final class ScheduleBench {
  private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256};
  private static final int[] MILLIS = {0, 50, 100, 200, 350, 500, 750, 1000, 2000, 5000, 10_000};
  private static final double TAIL = 0.99;
  private static final int FEWEST_FACTS = 1000;

  private final Objectives objectives;
  private final LearnedState calibration;
  private final Setting setting;
  private final int windows;

  /**
   * A bench.
   *
   * @param objectives of the scheduler; its cap also bounds what is fixed
   * @param calibration what the simulated worker does
   * @param setting what surrounds it
   * @param windows a run takes as long as so many of the largest windows, or as a thousand facts
   *     take to come
   */
  public ScheduleBench(
      Objectives objectives, LearnedState calibration, Setting setting, int windows) {
    this.objectives = objectives;
    this.calibration = calibration;
    this.setting = setting;
    this.windows = windows;
  }

  /** Facts a second with the largest windows. */
  public double capacity() {
    return objectives.cap().facts() / largest();
  }

  private double largest() {
    return Learning.from(calibration).latency().cost().seconds(objectives.cap().facts());
  }

  /** Runs a pattern with each seed through every scheduler. */
  public BenchRow run(Pattern pattern, List<Long> seeds) {
    double length = Math.max(windows * largest(), pattern.seconds(FEWEST_FACTS, capacity()));
    Candidate learned = candidate("calibrated", pattern, length, seeds, this::calibrated);
    Candidate cold = candidate("cold", pattern, length, seeds, cap -> cold());
    List<Candidate> sizes = new ArrayList<>();
    Instant end = Instant.EPOCH.plusNanos(Math.round(length * 1e9));
    for (int size : SIZES) {
      if (size <= objectives.cap().facts()) {
        WindowCap cap = new WindowCap(size, objectives.cap().bytes());
        sizes.add(
            candidate(
                size + " facts", pattern, length, seeds, any -> FixedScheduler.ofSize(cap, end)));
      }
    }
    List<Candidate> times = new ArrayList<>();
    for (int millis : MILLIS) {
      Duration time = Duration.ofMillis(millis);
      times.add(
          candidate(
              millis + " ms", pattern, length, seeds, cap -> FixedScheduler.ofTime(cap, time)));
    }
    return new BenchRow(pattern, learned, cold, best(sizes), best(times), fastest(sizes, times));
  }

  private WindowScheduler calibrated(WindowCap cap) {
    return new ModelScheduler(objectives, calibration);
  }

  private WindowScheduler cold() {
    return new ModelScheduler(objectives, LearnedState.NONE);
  }

  private Candidate candidate(
      String name,
      Pattern pattern,
      double length,
      List<Long> seeds,
      Function<WindowCap, WindowScheduler> scheduler) {
    List<Candidate.Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      double[] arrivals = pattern.arrivals(capacity(), length, new Random(seed));
      SimulatedWorker worker = new SimulatedWorker(calibration, setting.noise(), seed + 1);
      Tape tape =
          new Simulation(
                  scheduler.apply(objectives.cap()),
                  worker,
                  setting,
                  second -> pattern.speed(second / length),
                  seed + 2)
              .run(arrivals);
      runs.add(
          new Candidate.Run(
              tape.latency(0.5), tape.latency(TAIL), tape.throughput(), tape.windows().size()));
    }
    return new Candidate(name, runs);
  }

  private static Candidate best(List<Candidate> candidates) {
    return candidates.stream().min(Comparator.comparingDouble(Candidate::p99)).orElseThrow();
  }

  private static double fastest(List<Candidate> sizes, List<Candidate> times) {
    return Math.max(
        sizes.stream().mapToDouble(Candidate::throughput).max().orElse(0),
        times.stream().mapToDouble(Candidate::throughput).max().orElse(0));
  }
}
