package dev.emend.worker;

import dev.emend.event.VersionFact;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.StandingFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback changes in the ledger.
 *
 * @param now the ledger before it
 * @param past the ledger of the version that comes back
 */
record RollbackLedger(FactLedger now, FactLedger past) {

  /**
   * The changes that give every fact what it had, sorted by fact. A fact that comes back was placed
   * by the rollback, so that the ledger's history knows in which versions it stood.
   */
  List<LedgerChange> changes(long version) {
    List<LedgerChange> changes = new ArrayList<>();
    for (String factId : factIds()) {
      StandingFact before = now.find(factId).orElse(null);
      StandingFact after = past.find(factId).orElse(null);
      if (after == null) {
        changes.add(new LedgerChange.Remove(factId));
      } else if (!after.equals(before)) {
        changes.add(
            new LedgerChange.Write(after.placedBy(version, after.target(), after.layers())));
      }
    }
    return changes;
  }

  /** The facts that say something else than before, sorted. */
  List<VersionFact> facts() {
    List<VersionFact> facts = new ArrayList<>();
    for (String factId : factIds()) {
      StandingFact before = now.find(factId).orElse(null);
      StandingFact after = past.find(factId).orElse(null);
      if (!Objects.equals(eventOf(before), eventOf(after))) {
        facts.add(fact(after == null ? Objects.requireNonNull(before) : after, after != null));
      }
    }
    return facts;
  }

  private static @Nullable String eventOf(@Nullable StandingFact fact) {
    return fact == null ? null : fact.eventId();
  }

  private static VersionFact fact(StandingFact fact, boolean stands) {
    return VersionFact.newBuilder()
        .setFactId(fact.factId())
        .setEventId(stands ? fact.eventId() : null)
        .setSubject(fact.subject())
        .setRelation(fact.relation())
        .setPrompt(fact.prompt())
        .setObject(stands ? fact.object() : null)
        .setSource(stands ? fact.source() : "")
        .setValidFrom(stands ? fact.validFrom() : null)
        .setValidTo(stands ? fact.validTo() : null)
        .build();
  }

  private SortedSet<String> factIds() {
    SortedSet<String> ids = new TreeSet<>();
    add(now.facts(), ids);
    add(past.facts(), ids);
    return ids;
  }

  private static void add(Collection<StandingFact> facts, SortedSet<String> ids) {
    facts.forEach(fact -> ids.add(fact.factId()));
  }
}
