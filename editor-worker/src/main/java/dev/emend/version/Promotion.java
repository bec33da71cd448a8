package dev.emend.version;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When {@code live} goes on to a version: by itself after a soak, or by hand. Pure.
 *
 * @param mode who decides
 * @param soak how long a version is canary before it can be live
 * @param windows how many versions must come after it before it can be live, at least 0
 */
public record Promotion(Mode mode, Duration soak, int windows) {
  /** Who moves {@code live}. */
  public enum Mode {
    /** The worker, after the soak. */
    AUTO,
    /** A person, by {@code emend promote}. */
    MANUAL
  }

  /** After a failed soak no version is tried again before that long. */
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(10);

  /** At once, in the transaction that publishes the version. */
  public static final Promotion AT_ONCE = new Promotion(Mode.AUTO, Duration.ZERO, 0);

  /** Refuses negative numbers. */
  public Promotion {
    Objects.requireNonNull(mode, "mode");
    if (soak.isNegative() || windows < 0) {
      throw new IllegalArgumentException("a soak of " + soak + " and " + windows + " windows");
    }
  }

  /** Whether a version is live as soon as it is published. */
  public boolean atOnce() {
    return mode == Mode.AUTO && soak.isZero() && windows == 0;
  }

  /** The aliases once {@code mark} is published. */
  public Aliases published(Aliases before, VersionMark mark) {
    Aliases after = before.published(mark);
    return atOnce() ? after.promoted(mark.number()) : after;
  }

  /**
   * The newest version whose soak is over, if there is one: to be made live if it is healthy. After
   * a failed soak all that wait soak anew. A clock that was set back makes soaks longer, not
   * shorter.
   */
  public Optional<VersionMark> due(Aliases aliases, Instant now) {
    if (mode == Mode.MANUAL) {
      return Optional.empty();
    }
    long newest = aliases.canary().version();
    Instant earliest = aliases.hold().map(hold -> hold.since().plus(afterHold())).orElse(now);
    return aliases.soaking().stream()
        .filter(mark -> newest - mark.number() >= windows)
        .filter(mark -> !now.isBefore(mark.publishedAt().plus(soak)) && !now.isBefore(earliest))
        .reduce((first, second) -> second);
  }

  private Duration afterHold() {
    return soak.compareTo(SHORTEST_HOLD) < 0 ? SHORTEST_HOLD : soak;
  }
}
