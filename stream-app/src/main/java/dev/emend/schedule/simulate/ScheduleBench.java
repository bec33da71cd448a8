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
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Holds the scheduler against the best fixed size and the best fixed time, each chosen in hindsight
 * for the pattern at hand: something that nobody who sets them by hand can do.
 *
 * <p>All are held to the same floors of effect and the same budget of memory. No fixed window
 * exceeds the largest that keeps them to the end of the run, known in hindsight too; what breaks
 * them nevertheless more often than the scheduler, and in more than one window of a hundred, is no
 * fair opponent.
 */
public final class ScheduleBench {
  private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256};
  private static final int[] MILLIS = {0, 50, 100, 200, 350, 500, 750, 1000, 2000, 5000, 10_000};
  private static final double TAIL = 0.99;
  private static final int FEWEST_FACTS = 1000;
  private static final double FEW_BROKEN = 0.01;

  private final Objectives objectives;
  private final LearnedState calibration;
  private final Learning truth;
  private final Rules rules;
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
    this.truth = Learning.from(calibration);
    this.rules = new Rules(objectives, truth);
    this.setting = setting;
    this.windows = windows;
  }

  /** Facts a second with the largest windows. */
  public double capacity() {
    return objectives.cap().facts() / largest();
  }

  private double largest() {
    return truth.latency().seconds(Simulation.typical(objectives.cap().facts())).mean();
  }

  /** Runs a pattern with each seed through every scheduler. */
  public BenchRow run(Pattern pattern, List<Long> seeds) {
    double length = Math.max(windows * largest(), pattern.seconds(FEWEST_FACTS, capacity()));
    Candidate learned = candidate("calibrated", pattern, length, seeds, any -> calibrated());
    Candidate cold = candidate("cold", pattern, length, seeds, any -> cold());
    List<Candidate> sizes = new ArrayList<>();
    for (int size : SIZES) {
      if (size <= objectives.cap().facts()) {
        sizes.add(candidate(size + " facts", pattern, length, seeds, run -> run.ofSize(size)));
      }
    }
    List<Candidate> times = new ArrayList<>();
    for (int millis : MILLIS) {
      Duration time = Duration.ofMillis(millis);
      times.add(candidate(millis + " ms", pattern, length, seeds, run -> run.ofTime(time)));
    }
    double fastest = Math.max(fastest(fair(sizes, learned)), fastest(fair(times, learned)));
    return new BenchRow(
        pattern, learned, cold, best(fair(sizes, learned)), best(fair(times, learned)), fastest);
  }

  private static List<Candidate> fair(List<Candidate> candidates, Candidate learned) {
    double most = Math.max(FEW_BROKEN, learned.broken());
    return candidates.stream().filter(candidate -> candidate.broken() <= most).toList();
  }

  /** What one who sets windows by hand knows of a run in hindsight. */
  private record Hindsight(WindowCap cap, Instant end) {
    WindowScheduler ofSize(int size) {
      int kept = Math.min(size, cap.facts());
      return FixedScheduler.ofSize(new WindowCap(kept, cap.bytes()), end);
    }

    WindowScheduler ofTime(Duration time) {
      return FixedScheduler.ofTime(cap, time);
    }
  }

  private WindowScheduler calibrated() {
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
      Function<Hindsight, WindowScheduler> scheduler) {
    Instant end = Instant.EPOCH.plusNanos(Math.round(length * 1e9));
    List<Candidate.Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      double[] arrivals = pattern.arrivals(capacity(), length, new Random(seed));
      Hindsight hindsight = new Hindsight(rules.cap(arrivals.length), end);
      Simulation simulation =
          new Simulation(
              scheduler.apply(hindsight),
              new SimulatedWorker(calibration, setting.noise(), seed + 1),
              setting,
              second -> pattern.speed(second / length),
              seed + 2);
      runs.add(run(simulation.run(arrivals)));
    }
    return new Candidate(name, runs);
  }

  private Candidate.Run run(Tape tape) {
    return new Candidate.Run(
        tape.latency(0.5),
        tape.latency(TAIL),
        tape.throughput(),
        tape.windows().size(),
        rules.broken(tape));
  }

  private static Optional<Candidate> best(List<Candidate> candidates) {
    return candidates.stream().min(Comparator.comparingDouble(Candidate::p99));
  }

  private static double fastest(List<Candidate> candidates) {
    return candidates.stream().mapToDouble(Candidate::throughput).max().orElse(0);
  }
}
