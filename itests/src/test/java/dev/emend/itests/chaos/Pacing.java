package dev.emend.itests.chaos;

/** Says how long to wait for a steady rate; time that was lost is not made up for. */
final class Pacing {
  private final long gap;
  private long next = System.nanoTime();

  /** A pace of so many a second. */
  Pacing(int rate) {
    this.gap = 1_000_000_000L / rate;
  }

  /** Milliseconds until the next turn. */
  int waitMillis() {
    long now = System.nanoTime();
    long wait = next - now;
    next = Math.max(next, now - gap) + gap;
    return (int) Math.max(0, wait / 1_000_000);
  }
}
