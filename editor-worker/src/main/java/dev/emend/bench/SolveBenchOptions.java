package dev.emend.bench;

import java.util.List;

/**
 * What to measure: every size with every number of keys.
 *
 * @param sizes d, rows of the system
 * @param keys u, keys of a window
 * @param condition of the system before the window
 * @param threads of the linear algebra
 * @param seed of system and keys
 */
public record SolveBenchOptions(
    List<Integer> sizes, List<Integer> keys, double condition, int threads, long seed) {
  /** Copies the lists and refuses numbers out of range. */
  public SolveBenchOptions {
    sizes = List.copyOf(sizes);
    keys = List.copyOf(keys);
    if (sizes.isEmpty() || keys.isEmpty()) {
      throw new IllegalArgumentException("at least one size and one number of keys");
    }
    if (sizes.stream().anyMatch(d -> d < 1) || keys.stream().anyMatch(u -> u < 1)) {
      throw new IllegalArgumentException("sizes and numbers of keys must be at least 1");
    }
    if (!(condition >= 1) || threads < 1) {
      throw new IllegalArgumentException("condition and threads must be at least 1");
    }
  }
}
