package dev.emend.itests.chaos.check;

import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events of which nobody will ever be told: a version holds them, its worker has gone on to the
 * next version, and no outcome names them. Unlike other findings this one is final also while a
 * system still runs, provided that the versions were read before the outcomes.
 */
public final class Forgotten {
  private Forgotten() {}

  /** Their ids. */
  public static List<String> events(RunLog log) {
    Set<String> told =
        log.outcomes().stream().map(FactOutcome::getEventId).collect(Collectors.toSet());
    return log.deltas().values().stream()
        .flatMap(chain -> chain.stream().limit(Math.max(0, chain.size() - 1)))
        .map(ModelDelta::getEventIds)
        .flatMap(List::stream)
        .filter(id -> !told.contains(id))
        .toList();
  }
}
