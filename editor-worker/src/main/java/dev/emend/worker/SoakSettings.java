package dev.emend.worker;

import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.version.Promotion;
import java.util.Map;
import java.util.Objects;

/**
 * How a version becomes live.
 *
 * @param promotion when
 * @param facts how many standing facts are asked at the end of a soak, at least 0
 * @param limits what the weights must score then: RETEST of the standing facts, and DRIFT and
 *     PERPLEXITY against the model that the worker was started from
 */
public record SoakSettings(Promotion promotion, int facts, GateLimits limits) {
  /** At once. Where there is a soak, half of 100 facts must hold, and plain text be as likely. */
  public static final SoakSettings DEFAULT =
      new SoakSettings(
          Promotion.AT_ONCE,
          100,
          GateLimits.of(Map.of(GateScore.RETEST, 0.5, GateScore.PERPLEXITY, 2.0)));

  /** Refuses a negative number. */
  public SoakSettings {
    Objects.requireNonNull(promotion, "promotion");
    Objects.requireNonNull(limits, "limits");
    if (facts < 0) {
      throw new IllegalArgumentException("a soak cannot ask " + facts + " facts");
    }
  }
}
