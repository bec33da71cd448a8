package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a gate looks at. Scores that compare two versions compare a version with its parent, so that
 * a window answers for what it did itself and not for what it found.
 */
public enum GateScore {
  /** Share of the window's own facts that hold, 0..1; what such windows come to, on a sample. */
  EFFICACY(true),
  /** Share of neighbour prompts that stay, 0..1; a sample. */
  LOCALITY(true),
  /** Share of re-tested older facts that hold, 0..1; a sample. */
  RETEST(true),
  /** Share of re-tested older facts that the parent said and this version does not, 0..1. */
  FORGETTING(false),
  /** Divergence of the next-token distribution on plain text from the parent's, nats a token. */
  DRIFT(false),
  /** Perplexity on plain text over the parent's, a ratio. */
  PERPLEXITY(false),
  /** Largest relative change of an edited tensor, |W' - W| / |W|. */
  CHANGE(false);

  private final boolean least;

  GateScore(boolean least) {
    this.least = least;
  }

  /** Whether more is better. */
  public boolean moreIsBetter() {
    return least;
  }

  /** Its name in settings, meters and messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The score as it was measured; empty if it was not. */
  public OptionalDouble of(CanaryScores scores) {
    return switch (this) {
      case EFFICACY -> OptionalDouble.of(scores.getEfficacy());
      case LOCALITY -> some(scores.getLocality());
      case RETEST -> some(scores.getRetest());
      case FORGETTING -> some(scores.getOlderLost());
      case DRIFT -> some(scores.getDriftKl());
      case PERPLEXITY -> ratio(scores.getPerplexity(), scores.getParentPerplexity());
      case CHANGE -> some(scores.getChangeNorm());
    };
  }

  /**
   * The score with the benefit of the doubt: of a share that was sampled, the better end of its
   * interval (Wilson, 9 of 10 one-sided). One fact that does not take, or two neighbours of which
   * one moved, are no evidence.
   */
  public OptionalDouble atBest(CanaryScores scores) {
    OptionalDouble measured = of(scores);
    return switch (this) {
      case EFFICACY -> atBest(measured, scores.getOwnPrompts());
      case LOCALITY -> atBest(measured, scores.getNeighbourPrompts());
      case RETEST, FORGETTING -> atBest(measured, scores.getOlderPrompts());
      case DRIFT, PERPLEXITY, CHANGE -> measured;
    };
  }

  private OptionalDouble atBest(OptionalDouble share, int asked) {
    if (share.isEmpty() || asked <= 0 || Double.isNaN(share.getAsDouble())) {
      return share;
    }
    Wilson interval = Wilson.of(share.getAsDouble(), asked);
    return OptionalDouble.of(least ? interval.high() : interval.low());
  }

  private static OptionalDouble ratio(@Nullable Double value, @Nullable Double of) {
    return value == null || of == null ? OptionalDouble.empty() : OptionalDouble.of(value / of);
  }

  private static OptionalDouble some(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
