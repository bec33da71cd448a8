package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A gate of one least score each; what was not asked passes.
 *
 * @param efficacy least share of the window's facts that hold, 0..1
 * @param locality least share of neighbours that stay, 0..1
 * @param retest least share of sampled older facts that still hold, 0..1
 */
public record Thresholds(double efficacy, double locality, double retest) implements Gate {
  /** Lets everything pass: scores are measured and published, no more. */
  public static final Thresholds OPEN = new Thresholds(0, 0, 0);

  /** Refuses what is no share. */
  public Thresholds {
    requireShare("efficacy", efficacy);
    requireShare("locality", locality);
    requireShare("retest", retest);
  }

  @Override
  public Verdict decide(Judgement judgement) {
    CanaryScores scores = judgement.scores();
    String shortfall = shortfall("efficacy", scores.getEfficacy(), efficacy);
    if (shortfall == null) {
      shortfall = shortfall("locality", scores.getLocality(), locality);
    }
    if (shortfall == null) {
      shortfall = shortfall("retest", scores.getRetest(), retest);
    }
    return shortfall == null
        ? new Verdict.Passed(judgement)
        : new Verdict.Failed(judgement, shortfall);
  }

  private static @Nullable String shortfall(String name, @Nullable Double score, double least) {
    // Written so that a score that is not a number fails.
    if (score == null || score >= least) {
      return null;
    }
    return String.format(Locale.ROOT, "%s %.3f is below %.3f", name, score, least);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is a share from 0 to 1, not " + share);
    }
  }
}
