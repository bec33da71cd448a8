package dev.emend.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * The standing facts of one model version. Immutable, hence safe to share between threads; a window
 * yields the next ledger and the old one stays what it was, so that an aborted window leaves
 * nothing to undo.
 *
 * <p>Order: by version, then by id. It does not depend on how the ledger came about, so that {@link
 * #sample} draws the same facts before and after a restart.
 */
public final class FactLedger {
  private static final Comparator<StandingFact> BY_VERSION =
      Comparator.comparingLong(StandingFact::version).thenComparing(StandingFact::factId);
  private static final FactLedger EMPTY = new FactLedger(Map.of());

  private final Map<String, StandingFact> facts;

  private FactLedger(Map<String, StandingFact> facts) {
    this.facts = facts;
  }

  /** The ledger of the base model. */
  public static FactLedger empty() {
    return EMPTY;
  }

  /** A ledger of {@code facts}; of two with the same id the later version stands. */
  public static FactLedger of(Collection<StandingFact> facts) {
    Map<String, StandingFact> sorted = new LinkedHashMap<>();
    facts.stream().sorted(BY_VERSION).forEach(fact -> put(sorted, fact));
    return new FactLedger(sorted);
  }

  /** The ledger after {@code changes}, in their order. */
  public FactLedger with(List<LedgerChange> changes) {
    Map<String, StandingFact> next = new LinkedHashMap<>(facts);
    for (LedgerChange change : changes) {
      if (change instanceof LedgerChange.Write write) {
        put(next, write.fact());
      } else {
        next.remove(change.factId());
      }
    }
    return of(next.values());
  }

  private static void put(Map<String, StandingFact> into, StandingFact fact) {
    into.remove(fact.factId());
    into.put(fact.factId(), fact);
  }

  /** What stands for {@code factId}. */
  public Optional<StandingFact> find(String factId) {
    return Optional.ofNullable(facts.get(Objects.requireNonNull(factId, "factId")));
  }

  /** All standing facts, by version, then by id. */
  public Collection<StandingFact> facts() {
    return List.copyOf(facts.values());
  }

  /** Number of standing facts. */
  public int size() {
    return facts.size();
  }

  /** The latest version that wrote or placed a standing fact; 0 if none stands. */
  public long latestVersion() {
    return facts.values().stream().mapToLong(StandingFact::placedVersion).max().orElse(0);
  }

  /**
   * At most {@code count} standing facts other than {@code exceptIds}, drawn without replacement.
   *
   * @param random decides alone which; the same state gives the same sample
   */
  public List<StandingFact> sample(int count, Collection<String> exceptIds, Random random) {
    List<StandingFact> candidates = new ArrayList<>(facts.values());
    candidates.removeIf(fact -> exceptIds.contains(fact.factId()));
    Collections.shuffle(candidates, random);
    return List.copyOf(candidates.subList(0, Math.min(count, candidates.size())));
  }
}
