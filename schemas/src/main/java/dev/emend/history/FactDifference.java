package dev.emend.history;

import java.util.List;

/**
 * The facts in which two versions differ, sorted by fact.
 *
 * @param in those that stand only in the second
 * @param out those that stand only in the first
 * @param changed those that stand in both, by other events
 */
public record FactDifference(List<Spell> in, List<Spell> out, List<Change> changed) {
  /** Copies the lists. */
  public FactDifference {
    in = List.copyOf(in);
    out = List.copyOf(out);
    changed = List.copyOf(changed);
  }

  /**
   * A fact that says something else, or the same by another event.
   *
   * @param before in the first version
   * @param after in the second
   */
  public record Change(Spell before, Spell after) {}
}
