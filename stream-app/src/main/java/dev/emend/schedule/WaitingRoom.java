package dev.emend.schedule;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The facts of one model that wait for a window, in order of arrival, at most one change a fact.
 * Members of an incomplete change set are held back. Every operation costs O(log n) for each fact
 * that it touches. Not thread-safe.
 */
public final class WaitingRoom implements Backlog {
  private final Map<String, Waiting> byFact = new HashMap<>();
  private final TreeMap<Long, Waiting> ready = new TreeMap<>();
  private final ChangeSets sets = new ChangeSets();
  private long readyBytes;
  private int urgent;
  private int inSets;

  /** Adds a change in the place of an older one of the same fact, which is returned. */
  public Optional<Waiting> add(Waiting change) {
    Optional<Waiting> older = remove(change.fact());
    Waiting placed = older.map(change::inPlaceOf).orElse(change);
    byFact.put(placed.fact(), placed);
    boolean held = placed.changeSet().filter(set -> !sets.isComplete(set)).isPresent();
    placed.changeSet().ifPresent(set -> sets.add(set, placed));
    if (!held) {
      makeReady(placed);
    }
    return older;
  }

  /** Takes a change out; empty if the fact does not wait. */
  public Optional<Waiting> remove(String fact) {
    Waiting gone = byFact.remove(fact);
    if (gone == null) {
      return Optional.empty();
    }
    if (ready.remove(gone.arrival(), gone)) {
      count(gone, -1);
    }
    gone.changeSet().ifPresent(set -> sets.remove(set, gone));
    return Optional.of(gone);
  }

  /** The change of the fact that waits, if any. */
  public Optional<Waiting> find(String fact) {
    return Optional.ofNullable(byFact.get(fact));
  }

  /** All members of the set are accounted for: those that wait here may go, together. */
  public void complete(SetRef set) {
    sets.complete(set).forEach(this::makeReady);
  }

  /** Members of the set that wait, in order of arrival. */
  public List<Waiting> members(SetRef set) {
    return sets.members(set);
  }

  /**
   * Takes the facts of the next window out: urgent ones first, then by arrival; a change set goes
   * whole or stays. What is larger than the cap by itself goes alone.
   *
   * @param cap the most to take
   */
  public List<Waiting> take(WindowCap cap) {
    List<Waiting> window = fill(cap).window();
    window.forEach(waiting -> remove(waiting.fact()));
    return window;
  }

  @Override
  public Preview preview(WindowCap cap) {
    return fill(cap).preview();
  }

  private WindowFill fill(WindowCap cap) {
    WindowFill fill = new WindowFill(cap, this::company);
    if (urgent > 0) {
      fill.offerAll(ready.values(), Waiting::urgent);
    }
    fill.offerAll(ready.values(), waiting -> true);
    return fill;
  }

  @Override
  public Iterable<Instant> waitingSince() {
    return () -> ready.values().stream().map(Waiting::since).iterator();
  }

  @Override
  public int ready() {
    return ready.size();
  }

  @Override
  public long readyBytes() {
    return readyBytes;
  }

  @Override
  public int held() {
    return byFact.size() - ready.size();
  }

  @Override
  public Optional<Instant> oldest() {
    return Optional.ofNullable(ready.firstEntry()).map(entry -> entry.getValue().since());
  }

  @Override
  public boolean hasUrgent() {
    return urgent > 0;
  }

  @Override
  public boolean hasChangeSet() {
    return inSets > 0;
  }

  private List<Waiting> company(Waiting change) {
    return change.changeSet().map(sets::members).orElseGet(() -> List.of(change));
  }

  private void makeReady(Waiting change) {
    ready.put(change.arrival(), change);
    count(change, 1);
  }

  private void count(Waiting change, int step) {
    readyBytes += (long) step * change.bytes();
    urgent += change.urgent() ? step : 0;
    inSets += change.set() == null ? 0 : step;
  }
}
