package dev.emend.memit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Adds up the wall time of each phase of one window. Not thread-safe. */
public final class PhaseClock {
  /** A phase of a window. */
  public enum Phase {
    /** Target optimisation. */
    TARGETS,
    /** Reading keys and hidden states. */
    KEYS,
    /** The fp64 algebra. */
    SOLVE,
    /** Writing weights. */
    APPLY
  }

  private final LongSupplier nanos;
  private final long start;
  private final Map<Phase, Long> spent = new EnumMap<>(Phase.class);

  /** Starts now; {@code nanos} tells the time. */
  public PhaseClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Runs work and adds its time to a phase. */
  public <T> T time(Phase phase, Supplier<T> work) {
    long begin = nanos.getAsLong();
    try {
      return work.get();
    } finally {
      spent.merge(phase, nanos.getAsLong() - begin, Long::sum);
    }
  }

  /** Runs work and adds its time to a phase. */
  public void time(Phase phase, Runnable work) {
    long begin = nanos.getAsLong();
    try {
      work.run();
    } finally {
      spent.merge(phase, nanos.getAsLong() - begin, Long::sum);
    }
  }

  /** The times so far. */
  public PhaseTimes times() {
    return new PhaseTimes(
        of(Phase.TARGETS),
        of(Phase.KEYS),
        of(Phase.SOLVE),
        of(Phase.APPLY),
        Duration.ofNanos(nanos.getAsLong() - start));
  }

  private Duration of(Phase phase) {
    return Duration.ofNanos(spent.getOrDefault(phase, 0L));
  }
}
