package dev.emend.schedule.simulate;

import dev.emend.event.CloseReason;
import dev.emend.schedule.Decision;
import dev.emend.schedule.Prediction;
import dev.emend.schedule.learn.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happened in a simulation. Not thread-safe. */
final class Tape {
  private final List<Window> windows = new ArrayList<>();
  private double[] seconds = new double[16];
  private int facts;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * A window as it was predicted and as it went.
   *
   * @param reason why it closed
   * @param prediction what was expected
   * @param went what came
   */
  record Window(CloseReason reason, Prediction prediction, Observation went) {}

  void window(Observation went, Decision.Close close) {
    windows.add(new Window(close.reason(), close.prediction(), went));
  }

  void fact(long arrived, long served) {
    seconds = facts == seconds.length ? Arrays.copyOf(seconds, 2 * facts) : seconds;
    seconds[facts++] = (served - arrived) / 1e9;
    first = Math.min(first, arrived);
    last = Math.max(last, served);
  }

  List<Window> windows() {
    return List.copyOf(windows);
  }

  int facts() {
    return facts;
  }

  /** Facts a second from the first arrival to the last end. */
  double throughput() {
    return facts / ((last - first) / 1e9);
  }

  /** Seconds from arrival to the end of the edit that this share of the facts do not exceed. */
  double latency(double share) {
    double[] sorted = Arrays.copyOf(seconds, facts);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * facts) - 1)];
  }
}
