package dev.emend.schedule;

import dev.emend.event.ConsolidationCause;
import dev.emend.schedule.learn.Fading;
import java.time.Duration;
import java.util.Optional;

/**
 * When the model is derived anew from its base: like the compaction of a log-structured store, it
 * costs the worker's time and repairs what many small windows wear away. Immutable.
 *
 * <p>A request that was not answered with a consolidation (the worker was still at it, or found the
 * facts worse off) is repeated after {@code fewest} further windows, or when the worker starts
 * anew.
 *
 * @param quiet how long nothing must have happened for {@code IDLE}
 * @param fewest windows since the last time below which it is not worth it, at least 1
 * @param most windows after which it is done even under load ({@code WINDOWS})
 * @param fall by how much the share of re-tested older facts must have fallen for {@code RETEST},
 *     0..1
 */
public record ConsolidationRule(Duration quiet, int fewest, int most, double fall) {
  /** Never. */
  public static final ConsolidationRule NEVER =
      new ConsolidationRule(Duration.ZERO, Integer.MAX_VALUE, Integer.MAX_VALUE, 1);

  /** Refuses numbers that contradict each other. */
  public ConsolidationRule {
    if (quiet.isNegative() || fewest < 1 || most < fewest || !(fall >= 0 && fall <= 1)) {
      throw new IllegalArgumentException(
          "no rule: quiet %s, windows %d to %d, fall %s".formatted(quiet, fewest, most, fall));
    }
  }

  /**
   * Why to do it now; empty if not now.
   *
   * @param fading how older facts hold, and how many windows there were since the last time
   * @param rested how long nothing has waited, been edited or come
   */
  Optional<ConsolidationCause> cause(Fading fading, Duration rested) {
    if (fading.unasked() < fewest) {
      return Optional.empty();
    }
    if (fading.windows() >= most) {
      return Optional.of(ConsolidationCause.WINDOWS);
    }
    if (fading.surelyFallen() > fall) {
      return Optional.of(ConsolidationCause.RETEST);
    }
    return rested.compareTo(quiet) >= 0 ? Optional.of(ConsolidationCause.IDLE) : Optional.empty();
  }
}
