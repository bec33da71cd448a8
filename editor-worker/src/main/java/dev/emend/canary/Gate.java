package dev.emend.canary;

/** Decides by the measured scores whether a window goes out. Implementations are thread-safe. */
@FunctionalInterface
public interface Gate {
  /** The verdict on what was measured. */
  Verdict decide(Judgement judgement);
}
