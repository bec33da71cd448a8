package dev.emend.schedule.learn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was learned about one model, as named lists of numbers: what a store or a calibration
 * file keeps. A name that is missing, or a list of another length, counts as nothing learned, so
 * that older and newer programs read each other's.
 *
 * @param numbers by name
 */
public record LearnedState(Map<String, List<Double>> numbers) {
  /** Nothing. */
  public static final LearnedState NONE = new LearnedState(Map.of());

  /** Copies the numbers. */
  public LearnedState {
    Map<String, List<Double>> copy = new HashMap<>();
    numbers.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    numbers = Map.copyOf(copy);
  }

  /** Whether nothing was learned. */
  public boolean isEmpty() {
    return numbers.isEmpty();
  }

  /** The numbers of that name, if there are so many and each is finite. */
  Optional<double[]> find(String name, int count) {
    double[] found =
        numbers.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
    return found.length == count && Arrays.stream(found).allMatch(Double::isFinite)
        ? Optional.of(found)
        : Optional.empty();
  }

  /** Collects numbers. Not thread-safe. */
  static final class Collector {
    private final Map<String, List<Double>> numbers = new HashMap<>();

    void put(String name, double... values) {
      numbers.put(name, Arrays.stream(values).boxed().toList());
    }

    LearnedState state() {
      return new LearnedState(numbers);
    }
  }
}
