package dev.emend.tune;

import dev.emend.dataset.EditCase;
import dev.emend.memit.HyperParameters;
import dev.emend.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * The search. First all ranges of layers, each with three weights of the statistics, on a window of
 * an eighth of the cases; the better half on twice as many, and so on until one range is left on
 * all of them. Then lambda, clamp and step length one after the other, and lambda once more: a
 * number is moved in one direction as long as that helps. When the time is up, the best setting
 * that was tried on the largest window counts. Not thread-safe.
 */
final class Tuner {
  private static final int FIRST_SHARE = 8;
  private static final int FEWEST_CASES = 8;
  private static final List<Double> LAMBDAS = List.of(0.1, 1.0, 10.0);

  private final TrialBench bench;
  private final List<EditCase> cases;
  private final InstantSource clock;
  private final Instant deadline;
  private final Progress progress;
  private final Duration budget;
  private final Instant start;
  private final List<Trial> trials = new ArrayList<>();
  private Setting best;

  /** Numbers and what they came to. */
  private record Setting(HyperParameters numbers, Trial trial) {
    boolean beats(Setting other) {
      return trial.cases() == other.trial.cases()
          ? trial.goal() > other.trial.goal()
          : trial.cases() > other.trial.cases();
    }
  }

  Tuner(
      TrialBench bench,
      List<EditCase> cases,
      HyperParameters present,
      InstantSource clock,
      Duration budget,
      Progress progress) {
    this.bench = bench;
    this.cases = cases;
    this.clock = clock;
    this.start = clock.instant();
    this.budget = budget;
    this.deadline = start.plus(budget);
    this.progress = progress;
    this.best = tried(present, Math.max(1, Math.min(FEWEST_CASES, cases.size())));
  }

  /** Everything that was tried, in order. */
  List<Trial> trials() {
    return trials;
  }

  /** The best numbers. */
  HyperParameters search(List<List<Integer>> ranges) {
    halve(ranges);
    climb(best.numbers().lambda(), 3, value -> best.numbers().withLambda(value));
    climb(best.numbers().clamp(), 1.5, this::clamped);
    climb(best.numbers().learningRate(), 1.3, this::stepping);
    climb(best.numbers().lambda(), 1.6, value -> best.numbers().withLambda(value));
    return best.numbers();
  }

  private HyperParameters clamped(double clamp) {
    return best.numbers().withSearch(best.numbers().learningRate(), clamp);
  }

  private HyperParameters stepping(double rate) {
    return best.numbers().withSearch(rate, best.numbers().clamp());
  }

  private void halve(List<List<Integer>> ranges) {
    HyperParameters present = best.numbers();
    List<HyperParameters> left = new ArrayList<>();
    ranges.forEach(range -> left.add(present.onLayers(range)));
    int size = Math.max(Math.min(FEWEST_CASES, cases.size()), cases.size() / FIRST_SHARE);
    List<Double> factors = LAMBDAS;
    while (!timeIsUp()) {
      List<Setting> round = new ArrayList<>();
      for (HyperParameters numbers : left) {
        bestLambda(numbers, factors, size).ifPresent(round::add);
      }
      round.sort(Comparator.comparingDouble((Setting setting) -> -setting.trial().goal()));
      if (size == cases.size() || round.isEmpty()) {
        return;
      }
      left.clear();
      round.stream().limit((round.size() + 1) / 2).forEach(s -> left.add(s.numbers()));
      size = left.size() <= 2 ? cases.size() : Math.min(cases.size(), 2 * size);
      factors = List.of(1.0);
    }
  }

  private Optional<Setting> bestLambda(HyperParameters numbers, List<Double> factors, int size) {
    Setting found = null;
    for (double factor : factors) {
      if (!timeIsUp()) {
        Setting next = offer(numbers.withLambda(numbers.lambda() * factor), size);
        found = found == null || next.beats(found) ? next : found;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Moves one number up by a factor as long as that helps, else down. */
  private void climb(double from, double factor, DoubleFunction<HyperParameters> numbers) {
    for (double step : new double[] {factor, 1 / factor}) {
      double value = from * step;
      boolean moved = false;
      while (!timeIsUp()) {
        Setting before = best;
        if (!offer(numbers.apply(value), cases.size()).beats(before)) {
          break;
        }
        moved = true;
        value *= step;
      }
      if (moved) {
        return;
      }
    }
  }

  /** Tries a setting, which becomes the best one if it beats it. */
  private Setting offer(HyperParameters numbers, int size) {
    Setting setting = tried(numbers, size);
    if (setting.beats(best)) {
      best = setting;
    }
    return setting;
  }

  private Setting tried(HyperParameters numbers, int size) {
    Trial trial = bench.run(numbers, cases.subList(0, size));
    trials.add(trial);
    long spent = Duration.between(start, clock.instant()).toSeconds();
    progress.at("tuning (seconds)", Math.min(spent, budget.toSeconds()), budget.toSeconds());
    return new Setting(numbers, trial);
  }

  private boolean timeIsUp() {
    return !clock.instant().isBefore(deadline);
  }
}
