package dev.emend.schedule;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Fills one window, so that a change set goes whole or not at all. Not thread-safe. */
final class WindowFill {
  private final WindowCap cap;
  private final Function<Waiting, List<Waiting>> company;
  private final Set<Waiting> window = new LinkedHashSet<>();
  private WindowShape shape = WindowShape.EMPTY;
  private boolean closed;
  private boolean guarded;

  /**
   * An empty window.
   *
   * @param cap the most that it may hold
   * @param company all changes that must go with a given one, itself included
   */
  WindowFill(WindowCap cap, Function<Waiting, List<Waiting>> company) {
    this.cap = cap;
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
    WindowShape larger = shape.with(group);
    boolean roomy = larger.facts() <= cap.facts() && larger.bytes() <= cap.bytes().bytes();
    guarded = roomy && !cap.guard().admits(larger);
    boolean fits = roomy && !guarded;
    if (fits || window.isEmpty()) {
      window.addAll(group);
      shape = larger;
    }
    closed = !fits || window.size() >= cap.facts();
  }

  List<Waiting> window() {
    return List.copyOf(window);
  }

  Backlog.Preview preview() {
    return new Backlog.Preview(shape, guarded);
  }
}
