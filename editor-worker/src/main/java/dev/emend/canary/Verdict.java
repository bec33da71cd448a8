package dev.emend.canary;

import java.util.Objects;
import java.util.function.Function;

/** Whether a window may go out. */
public sealed interface Verdict {
  /** What the verdict rests on. */
  Judgement judgement();

  /** Takes the branch of this verdict. */
  <T> T fold(Function<Passed, T> passed, Function<Failed, T> failed);

  /**
   * The window may go out.
   *
   * @param judgement what was measured
   */
  record Passed(Judgement judgement) implements Verdict {
    /** Refuses null. */
    public Passed {
      Objects.requireNonNull(judgement, "judgement");
    }

    @Override
    public <T> T fold(Function<Passed, T> passed, Function<Failed, T> failed) {
      return passed.apply(this);
    }
  }

  /**
   * The window must not go out as it is.
   *
   * @param judgement what was measured
   * @param score the one that is beyond its limit
   * @param measurement one line for a person: the score and the limit that it misses
   */
  record Failed(Judgement judgement, GateScore score, String measurement) implements Verdict {
    /** Refuses null. */
    public Failed {
      Objects.requireNonNull(judgement, "judgement");
      Objects.requireNonNull(score, "score");
      Objects.requireNonNull(measurement, "measurement");
    }

    @Override
    public <T> T fold(Function<Passed, T> passed, Function<Failed, T> failed) {
      return failed.apply(this);
    }
  }
}
