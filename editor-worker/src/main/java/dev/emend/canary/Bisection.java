package dev.emend.canary;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the items of a window that fails its gate from those that pass together. Items are added to
 * a group that passes, in halves of halves: what still passes with them stays, and a single item
 * with which it fails is a culprit. So whatever is left at the end has passed as one window, also
 * where items only do harm together; which of these then counts as the culprit depends on the
 * order. One culprit among n takes about {@code 2 log2 n} trials. Not thread-safe; one instance a
 * window.
 *
 * @param <T> names an item
 */
public final class Bisection<T> {
  /** Edits some items on the parent's weights, judges, and takes the edit back. */
  @FunctionalInterface
  public interface Trial<T> {
    /** The verdict on these items as one window. */
    Verdict judge(List<T> items);
  }

  /**
   * What became of the items.
   *
   * @param passed pass the gate together, in the order in which they came
   * @param refused the others, each with one line on what was measured with it
   * @param trials trial edits it took
   */
  public record Result<T>(List<T> passed, Map<T, String> refused, int trials) {
    /** Copies. */
    public Result {
      passed = List.copyOf(passed);
      refused = new LinkedHashMap<>(refused);
    }
  }

  private final Trial<T> trial;
  private final BisectBudget budget;
  private final InstantSource clock;
  private final Instant end;
  private final String whole;
  private final Set<T> passed = new LinkedHashSet<>();
  private final Map<T, String> refused = new LinkedHashMap<>();
  private int trials;

  private Bisection(
      Verdict.Failed failure, Trial<T> trial, BisectBudget budget, InstantSource clock) {
    this.whole = failure.measurement();
    this.trial = trial;
    this.budget = budget;
    this.clock = clock;
    this.end = clock.instant().plus(budget.time());
  }

  /**
   * Bisects.
   *
   * @param likely items that are suspected; tried last
   * @param others the other items
   * @param failure why all together failed
   */
  public static <T> Result<T> run(
      List<T> likely,
      List<T> others,
      Verdict.Failed failure,
      Trial<T> trial,
      BisectBudget budget,
      InstantSource clock) {
    Bisection<T> bisection = new Bisection<>(failure, trial, budget, clock);
    if (likely.isEmpty() || others.isEmpty()) {
      bisection.add(likely.isEmpty() ? others : likely, failure);
    } else {
      boolean all = bisection.add(others, null);
      bisection.add(likely, all ? failure : null);
    }
    List<T> order = new ArrayList<>(others);
    order.addAll(likely);
    return new Result<>(
        order.stream().filter(bisection.passed::contains).toList(),
        bisection.refused,
        bisection.trials);
  }

  /**
   * Adds what can be added of a group.
   *
   * @param known why the group fails with all that passed so far; null if that is not known
   * @return whether all of it passed
   */
  private boolean add(List<T> group, Verdict.@Nullable Failed known) {
    if (group.isEmpty()) {
      return true;
    }
    Verdict.Failed failure = known;
    if (failure == null) {
      if (isSpent()) {
        group.forEach(
            item -> refused.put(item, "the budget for trial edits is spent; its window: " + whole));
        return false;
      }
      failure = tried(group);
      if (failure == null) {
        passed.addAll(group);
        return true;
      }
    }
    if (group.size() == 1) {
      refused.put(group.get(0), failure.measurement());
    } else {
      int half = group.size() / 2;
      boolean first = add(group.subList(0, half), null);
      // If the first half passed whole, it is the second that failed.
      add(group.subList(half, group.size()), first ? failure : null);
    }
    return false;
  }

  private Verdict.@Nullable Failed tried(List<T> group) {
    trials++;
    List<T> together = new ArrayList<>(passed);
    together.addAll(group);
    return Objects.requireNonNull(trial.judge(together))
        .<Verdict.@Nullable Failed>fold(ok -> null, failed -> failed);
  }

  private boolean isSpent() {
    return trials >= budget.edits() || clock.instant().isAfter(end);
  }
}
