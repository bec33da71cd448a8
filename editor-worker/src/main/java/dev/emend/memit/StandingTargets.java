package dev.emend.memit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands in the weights, by fact and by subject. Everything is listed in the order of the
 * facts' ids, so that nothing depends on the order of arrival. Not thread-safe.
 */
final class StandingTargets {
  private final Map<String, StandingTarget> byFact = new TreeMap<>();
  private final Map<String, Set<String>> bySubject = new TreeMap<>();

  /** Forgets everything and takes these instead. */
  void replace(Collection<StandingTarget> targets) {
    byFact.clear();
    bySubject.clear();
    targets.forEach(this::put);
  }

  void put(StandingTarget target) {
    remove(target.factId());
    byFact.put(target.factId(), target);
    bySubject
        .computeIfAbsent(target.fact().subject(), subject -> new TreeSet<>())
        .add(target.factId());
  }

  void remove(String factId) {
    StandingTarget gone = byFact.remove(factId);
    if (gone != null) {
      Set<String> rest = bySubject.get(gone.fact().subject());
      if (rest != null && rest.remove(factId) && rest.isEmpty()) {
        bySubject.remove(gone.fact().subject());
      }
    }
  }

  Optional<StandingTarget> find(String factId) {
    return Optional.ofNullable(byFact.get(factId));
  }

  /** What stands about a subject. */
  List<StandingTarget> about(String subject) {
    return bySubject.getOrDefault(subject, Set.of()).stream()
        .flatMap(factId -> find(factId).stream())
        .toList();
  }

  /** Everything that stands. */
  List<StandingTarget> all() {
    return List.copyOf(byFact.values());
  }
}
