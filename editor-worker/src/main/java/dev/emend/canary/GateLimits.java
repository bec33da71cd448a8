package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A gate of one limit a score; what was not measured, or has no limit, passes. Pure: the state of
 * the hysteresis is the caller's. A sampled share fails only if the sample leaves no doubt, see
 * {@link GateScore#atBest}; a fact whose own neighbours move beyond the limit of LOCALITY fails its
 * window, however many others dilute it.
 *
 * @param limits by score
 * @param driftPerFact by how much each fact of a window raises the limit of DRIFT: what many facts
 *     change in plain text grows with their number
 * @param windows how many windows in a row it takes to change the gate's mind, at least 1
 */
public record GateLimits(Map<GateScore, Limit> limits, double driftPerFact, int windows)
    implements Gate {
  /** Lets everything pass: scores are measured and published, no more. */
  public static final GateLimits OPEN = new GateLimits(Map.of(), 0, 1);

  /** Copies the map; refuses a release that is less strict than its trip. */
  public GateLimits {
    limits = Map.copyOf(limits);
    if (!(driftPerFact >= 0)) {
      throw new IllegalArgumentException("a fact cannot cost a drift of " + driftPerFact);
    }
    if (windows < 1) {
      throw new IllegalArgumentException("a gate needs at least 1 window, not " + windows);
    }
    limits.forEach(
        (score, limit) -> {
          if (!limit.fits(score)) {
            throw new IllegalArgumentException(
                score.label()
                    + " is released at "
                    + limit.release()
                    + " but trips at "
                    + limit.trip());
          }
        });
  }

  /** Limits of one score each that are the same for trip and release. */
  public static GateLimits of(Map<GateScore, Double> trips) {
    Map<GateScore, Limit> limits = new EnumMap<>(GateScore.class);
    trips.forEach((score, trip) -> limits.put(score, new Limit(trip, trip)));
    return new GateLimits(limits, 0, 1);
  }

  @Override
  public Verdict decide(Judgement judgement, GateState state) {
    for (GateScore score : GateScore.values()) {
      Limit limit = limit(score, judgement.scores());
      if (limit != null) {
        Optional<String> beyond = beyond(score, limit, judgement, state.wary());
        if (beyond.isPresent()) {
          return new Verdict.Failed(judgement, score, beyond.get());
        }
      }
    }
    return new Verdict.Passed(judgement);
  }

  private @Nullable Limit limit(GateScore score, CanaryScores scores) {
    Limit limit = limits.get(score);
    double allowed = score == GateScore.DRIFT ? driftPerFact * scores.getOwnPrompts() : 0;
    return limit == null ? null : new Limit(limit.trip() + allowed, limit.release() + allowed);
  }

  @Override
  public GateState after(GateState before, Verdict verdict) {
    boolean released = decide(verdict.judgement(), GateState.WARY) instanceof Verdict.Passed;
    return before.after(verdict instanceof Verdict.Failed, released, windows);
  }

  private static Optional<String> beyond(
      GateScore score, Limit limit, Judgement judgement, boolean wary) {
    CanaryScores scores = judgement.scores();
    OptionalDouble best = score.atBest(scores);
    if (best.isPresent() && !limit.allows(score, best.getAsDouble(), wary)) {
      return Optional.of(told(score.label(), score, score.of(scores).getAsDouble(), limit, wary));
    }
    return score == GateScore.LOCALITY
        ? judgement.neighbourhoods().entrySet().stream()
            .filter(facts -> !limit.allows(score, facts.getValue().atBest(), wary))
            .findFirst()
            .map(f -> told("locality of " + f.getKey(), score, f.getValue().share(), limit, wary))
        : Optional.empty();
  }

  private static String told(
      String what, GateScore score, double value, Limit limit, boolean wary) {
    return String.format(
        Locale.ROOT,
        "%s %.3f is %s %.3f",
        what,
        value,
        score.moreIsBetter() ? "below" : "above",
        wary ? limit.release() : limit.trip());
  }
}
