package dev.emend.itests.chaos;

import dev.emend.itests.chaos.system.ChaosSystem;

/** One rate from the beginning to the end, and nobody looks on. */
final class SteadyLoad implements ChaosRun.Load {
  private final Pacing pacing;

  /** So many records a second. */
  SteadyLoad(int rate) {
    this.pacing = new Pacing(rate);
  }

  @Override
  public int waitMillis(int index) {
    return pacing.waitMillis();
  }

  @Override
  public AutoCloseable watch(ChaosSystem system) {
    return () -> {};
  }
}
