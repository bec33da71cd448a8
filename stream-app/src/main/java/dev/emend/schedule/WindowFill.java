package dev.emend.schedule;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Fills one window, so that a change set goes whole or not at all. Not thread-safe. */
final class WindowFill {
  private final int limit;
  private final Function<Waiting, List<Waiting>> company;
  private final Set<Waiting> window = new LinkedHashSet<>();
  private boolean closed;

  /**
   * An empty window.
   *
   * @param limit most facts, at least 1
   * @param company all changes that must go with a given one, itself included
   */
  WindowFill(int limit, Function<Waiting, List<Waiting>> company) {
    this.limit = limit;
    this.company = company;
  }

  /**
   * Adds the wanted changes in the order given, each with its company, while there is room. It
   * closes at the first that does not fit instead of looking for a smaller one: a large set must
   * not be overtaken for ever.
   */
  void offerAll(Collection<Waiting> queue, Predicate<Waiting> wanted) {
    for (Waiting next : queue) {
      if (closed) {
        return;
      }
      if (wanted.test(next) && !window.contains(next)) {
        offer(company.apply(next));
      }
    }
  }

  private void offer(List<Waiting> group) {
    boolean fits = window.isEmpty() || window.size() + group.size() <= limit;
    if (fits) {
      window.addAll(group);
    }
    closed = !fits || window.size() >= limit;
  }

  List<Waiting> window() {
    return List.copyOf(window);
  }
}
