package dev.emend.stream;

import dev.emend.schedule.DrainPolicy;
import dev.emend.schedule.GroupCommitPolicy;
import dev.emend.schedule.WindowPolicy;
import java.util.function.BooleanSupplier;

/**
 * What all models are scheduled by. Thread-safe.
 *
 * @param window caps and times
 * @param regular decides in normal times
 * @param drain decides while draining
 * @param draining whether everything is to go
 * @param serdes reads and writes items
 * @param meters counts
 */
record Scheduling(
    WindowSettings window,
    WindowPolicy regular,
    WindowPolicy drain,
    BooleanSupplier draining,
    StreamSerdes serdes,
    StreamMeters meters) {

  static Scheduling of(
      WindowSettings window, BooleanSupplier draining, StreamSerdes serdes, StreamMeters meters) {
    return new Scheduling(
        window,
        new GroupCommitPolicy(window.cap(), window.linger(), window.maxStaleness()),
        new DrainPolicy(window.cap()),
        draining,
        serdes,
        meters);
  }

  WindowPolicy policy() {
    return draining.getAsBoolean() ? drain : regular;
  }
}
