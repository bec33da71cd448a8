package dev.emend.throughput;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The largest of several looks at a memory. A look costs time, so most are skipped. One thread. */
final class PeakMemory {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final LongSupplier memory;
  private long peak;
  private long next = System.nanoTime();

  PeakMemory(LongSupplier memory) {
    this.memory = memory;
  }

  void look() {
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + BETWEEN_LOOKS.toNanos();
      peak = Math.max(peak, memory.getAsLong());
    }
  }

  long bytes() {
    return peak;
  }
}
