package dev.emend.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a list into the windows that a method edits together. */
final class Windows {
  private Windows() {}

  /** Windows of {@code size}, the last one smaller; one window without a size. */
  static <T> List<List<T>> of(List<T> all, Optional<Integer> size) {
    int step = Math.max(1, size.orElse(all.size()));
    List<List<T>> windows = new ArrayList<>();
    for (int from = 0; from < all.size(); from += step) {
      windows.add(all.subList(from, Math.min(all.size(), from + step)));
    }
    return windows;
  }
}
