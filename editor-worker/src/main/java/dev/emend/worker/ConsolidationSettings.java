package dev.emend.worker;

import java.time.Duration;

/**
 * When to consolidate, in plain numbers. Each of the first three alone is a reason; 0 switches it
 * off.
 *
 * @param windows after so many windows
 * @param idle after so long without a window, if at least {@code idleWindows} came before
 * @param fall when the re-test of older facts has fallen by this share
 * @param idleWindows fewest windows for which an idle worker or a fall is a reason, at least 1
 * @param tolerance largest share by which the re-test may be lower after a consolidation than
 *     before; if it is more the consolidation is not published
 */
public record ConsolidationSettings(
    int windows, Duration idle, double fall, int idleWindows, double tolerance)
    implements ConsolidationPolicy {

  /** After 64 windows, or 8 windows and a minute's pause or a fall by 0.15; 0.1 tolerated. */
  public static final ConsolidationSettings DEFAULT =
      new ConsolidationSettings(64, Duration.ofMinutes(1), 0.15, 8, 0.1);

  /** Never. */
  public static final ConsolidationSettings NEVER =
      new ConsolidationSettings(0, Duration.ZERO, 0, 1, 1);

  /** Refuses negative numbers and what is no share. */
  public ConsolidationSettings {
    if (windows < 0 || idle.isNegative() || idleWindows < 1) {
      throw new IllegalArgumentException(
          "consolidation after %d windows, idle %s with %d".formatted(windows, idle, idleWindows));
    }
    requireShare("fall", fall);
    requireShare("tolerance", tolerance);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is a share from 0 to 1, not " + share);
    }
  }

  @Override
  public boolean due(Situation situation) {
    if (windows > 0 && situation.windows() >= windows) {
      return true;
    }
    boolean enough = situation.windows() >= idleWindows;
    boolean paused = !idle.isZero() && situation.idle().compareTo(idle) >= 0;
    boolean fallen = fall > 0 && situation.fall() >= fall;
    return enough && (paused || fallen);
  }
}
