package dev.emend.bench;

import dev.emend.bench.ContinualReport.Stretch;
import dev.emend.bench.ContinualReport.Window;
import dev.emend.memit.MemoryHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What each window of a stream took and left, in order. Not thread-safe. */
final class ContinualTrace {
  /** Windows on each side of the one that is looked at. */
  static final int AROUND = 4;

  private final List<Window> windows = new ArrayList<>();
  private final List<Integer> factored = new ArrayList<>();
  private int factorings;

  void add(double seconds, double cpu, long resident, MemoryHealth health) {
    int number = windows.size() + 1;
    windows.add(
        new Window(number, seconds, cpu, resident, health.reciprocalCondition(), health.error()));
    if (health.factorings() > factorings) {
      factorings = health.factorings();
      factored.add(number);
    }
  }

  List<Window> windows() {
    return windows;
  }

  /** Windows after which a layer's inverse was factored anew. */
  List<Integer> factored() {
    return factored;
  }

  /** The fifth window and its neighbours. */
  Stretch first() {
    return stretch(0);
  }

  /** The last windows, as many. */
  Stretch last() {
    return stretch(windows.size() - 2 * AROUND - 1);
  }

  private Stretch stretch(int from) {
    List<Window> part = windows.subList(from, from + 2 * AROUND + 1);
    return new Stretch(
        from + 1,
        from + part.size(),
        median(part, Window::seconds),
        median(part, Window::cpu),
        (long) median(part, Window::resident));
  }

  private static double median(List<Window> part, ToDoubleFunction<Window> value) {
    return part.stream().mapToDouble(value).sorted().toArray()[AROUND];
  }
}
