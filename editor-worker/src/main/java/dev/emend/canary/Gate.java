package dev.emend.canary;

/** Decides by the measured scores whether a window goes out. Implementations are thread-safe. */
public interface Gate {
  /** The verdict on what was measured. */
  Verdict decide(Judgement judgement, GateState state);

  /** What the gate makes of a window that ended as {@code verdict} says. */
  GateState after(GateState before, Verdict verdict);
}
