package dev.emend.calibrate;

import dev.emend.dataset.EditCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Which windows are measured, in which order. In each round every size once, in a drawn order, on
 * the stock that the windows before have left; after some rounds the model starts over, so that
 * each size is met on small stocks as well as on large ones.
 *
 * @param windows facts of each window
 * @param fresh whether the model starts over before the window of the same place
 */
record CalibrationGrid(List<List<EditCase>> windows, List<Boolean> fresh) {
  private static final int ROUNDS_ON_ONE_STOCK = 3;

  CalibrationGrid {
    windows = List.copyOf(windows);
    fresh = List.copyOf(fresh);
  }

  /**
   * Lays windows out over the cases; what is left when no full round fits any more is not used
   * twice on one stock.
   *
   * @param sizes facts of a window, each at least 1
   */
  static CalibrationGrid of(List<EditCase> cases, List<Integer> sizes, int rounds, long seed) {
    Objects.requireNonNull(cases, "cases");
    Random random = new Random(seed);
    List<List<EditCase>> windows = new ArrayList<>();
    List<Boolean> fresh = new ArrayList<>();
    List<EditCase> pool = List.of();
    int used = 0;
    for (int round = 0; round < rounds; round++) {
      int facts = sizes.stream().mapToInt(size -> size).sum();
      boolean startOver = round % ROUNDS_ON_ONE_STOCK == 0 || used + facts > pool.size();
      if (startOver) {
        pool = shuffled(cases, random);
        used = 0;
      }
      for (int size : shuffled(sizes, random)) {
        int end = Math.min(pool.size(), used + size);
        if (end > used) {
          fresh.add(startOver && used == 0);
          windows.add(pool.subList(used, end));
          used = end;
        }
      }
    }
    return new CalibrationGrid(windows, fresh);
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
