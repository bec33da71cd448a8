package dev.emend.canary;

import java.util.Map;
import java.util.Objects;

/**
 * What a window must score, and what is done for one that does not.
 *
 * @param limits the gate
 * @param bisect what telling the culprits from the rest may cost
 */
public record GateSettings(GateLimits limits, BisectBudget bisect) {
  /** Refuses nothing. */
  public static final GateSettings OPEN = new GateSettings(GateLimits.OPEN, BisectBudget.DEFAULT);

  /**
   * Limits that ordinary windows of the shipped model keep well within, and that windows which harm
   * others do not; the module's README has the measurements.
   */
  public static final GateSettings DEFAULT =
      new GateSettings(
          new GateLimits(
              Map.of(
                  GateScore.EFFICACY, new Limit(0.3, 0.4),
                  GateScore.LOCALITY, new Limit(0.5, 0.6),
                  GateScore.FORGETTING, new Limit(0.3, 0.2),
                  GateScore.DRIFT, new Limit(0.02, 0.01),
                  GateScore.PERPLEXITY, new Limit(1.5, 1.3)),
              0.0006,
              3),
          BisectBudget.DEFAULT);

  /** Refuses null. */
  public GateSettings {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(bisect, "bisect");
  }
}
