package dev.emend.canary;

import dev.emend.ledger.StandingFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Draws standing facts in turns: they stand in a circle whose order depends on the seed alone, and
 * each turn takes the next ones. As long as no fact comes or goes, {@code ceil(facts / count)}
 * turns see every fact; one that comes or goes shifts the circle by one place.
 *
 * @param seed decides the order
 */
record RotatingSample(long seed) {
  /** The facts of a turn other than {@code exceptIds}; at most {@code count}. */
  List<StandingFact> draw(
      long turn, int count, Collection<StandingFact> facts, Set<String> exceptIds) {
    List<StandingFact> circle = new ArrayList<>(facts);
    circle.sort(
        Comparator.comparingLong((StandingFact f) -> place(f.factId()))
            .thenComparing(StandingFact::factId));
    int size = circle.size();
    List<StandingFact> drawn = new ArrayList<>();
    long start = size == 0 ? 0 : Math.floorMod(turn * Math.max(1L, count), (long) size);
    for (int i = 0; i < size && drawn.size() < count; i++) {
      StandingFact fact = circle.get((int) ((start + i) % size));
      if (!exceptIds.contains(fact.factId())) {
        drawn.add(fact);
      }
    }
    return List.copyOf(drawn);
  }

  /** Mixes seed and id (the finaliser of SplitMix64), so that neighbours in the alphabet part. */
  private long place(String factId) {
    long z = seed * 0x9E3779B97F4A7C15L + factId.hashCode();
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
