package dev.emend.stream;

import dev.emend.schedule.FairTurns;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Whose turn it is among the models of one task. Belongs to the task's thread. */
final class Turns {
  private final FairTurns turns;
  private final Map<String, ModelDesk> desks;

  /**
   * Turns.
   *
   * @param desks of all models; may grow
   */
  Turns(FairTurns turns, Map<String, ModelDesk> desks) {
    this.turns = turns;
    this.desks = desks;
  }

  /** Closes due windows of all models, the least served first. */
  void closeDueWindows() {
    NavigableMap<String, ModelDesk> wanting = new TreeMap<>(desks);
    wanting.values().removeIf(desk -> !desk.wantsTurn());
    List<String> order = turns.order(wanting.keySet());
    order.stream()
        .map(wanting::get)
        .filter(Objects::nonNull)
        .forEach(desk -> desk.closeDueWindows(this));
  }

  /** Whether one more window may go. */
  boolean free() {
    return turns.free(desks.values().stream().mapToInt(ModelDesk::outstanding).sum());
  }

  void charge(String model, double seconds) {
    turns.charge(model, seconds);
  }
}
