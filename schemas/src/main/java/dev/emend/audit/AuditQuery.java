package dev.emend.audit;

import dev.emend.event.AuditEntry;
import dev.emend.event.VersionFact;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to know of the trail. Immutable.
 *
 * @param model model
 * @param from first version
 * @param to last version
 * @param source only what this source said, or whoever of this name ordered; empty for everything
 */
public record AuditQuery(String model, long from, long to, Optional<String> source) {

  /** Everything of a model. */
  public static AuditQuery all(String model) {
    return new AuditQuery(model, 0, Long.MAX_VALUE, Optional.empty());
  }

  /** The part of an entry that is asked for; empty if none is. */
  Optional<AuditEntry> part(AuditEntry entry) {
    boolean inRange =
        entry.getModel().equals(model) && entry.getVersion() >= from && entry.getVersion() <= to;
    if (!inRange || source.isEmpty()) {
      return inRange ? Optional.of(entry) : Optional.empty();
    }
    String wanted = source.get();
    if (entry.getOrder() != null && entry.getOrder().getOrderedBy().equals(wanted)) {
      return Optional.of(entry);
    }
    List<VersionFact> said =
        entry.getFacts().stream().filter(fact -> fact.getSource().equals(wanted)).toList();
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(AuditEntry.newBuilder(entry).setFacts(said).build());
  }
}
