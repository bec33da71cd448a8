package dev.emend.schedule;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is when several models want a window: the one that was served least, in seconds of
 * the workers' time (start-time fair queueing, Goyal et al. 1996). A model that comes back after a
 * pause starts where the least served of the others are; it cannot save time up and then crowd them
 * out. Not thread-safe.
 */
public final class FairTurns {
  private final int slots;
  private final Map<String, Double> served = new HashMap<>();

  /**
   * Fair turns.
   *
   * @param slots windows that may be in work at once over all models; 0 for any number, as when
   *     each model has a worker of its own
   */
  public FairTurns(int slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("slots: " + slots);
    }
    this.slots = slots;
  }

  /** Whether one more window may go while so many are in work. */
  public boolean free(int inWork) {
    return slots == 0 || inWork < slots;
  }

  /**
   * The models in the order of their turns.
   *
   * @param wanting all models that have something to send
   */
  public List<String> order(Collection<String> wanting) {
    served.keySet().retainAll(wanting); // who wants nothing has no claim
    double least = served.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    wanting.forEach(model -> served.putIfAbsent(model, least));
    return wanting.stream()
        .sorted(Comparator.comparing(this::served).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The model got a window of so many seconds. */
  public void charge(String model, double seconds) {
    served.merge(model, Math.max(0, seconds), Double::sum);
  }

  private double served(String model) {
    return served.getOrDefault(model, 0.0);
  }
}
