package dev.emend.itests.chaos.check;

import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events of which nobody will ever be told: a version holds them, its worker has gone on to the
 * next version, and no outcome names them. Unlike other findings this one is final also while a
 * system still runs, provided that the versions were read before the outcomes.
 */
public final class Forgotten {
  private Forgotten() {}

  /** One finding for each. */
  public static List<Finding> in(RunLog log) {
    Set<String> told =
        log.outcomes().stream().map(FactOutcome::getEventId).collect(Collectors.toSet());
    return log.deltas().values().stream()
        .flatMap(chain -> chain.stream().limit(Math.max(0, chain.size() - 1)))
        .flatMap(delta -> untold(delta, told))
        .toList();
  }

  private static Stream<Finding> untold(ModelDelta delta, Set<String> told) {
    return delta.getEventIds().stream()
        .filter(id -> !told.contains(id))
        .map(
            id ->
                new Finding(
                    Finding.Kind.LOST,
                    OutcomeCheck.UNTOLD.formatted(delta.getVersion(), id, null)));
  }
}
