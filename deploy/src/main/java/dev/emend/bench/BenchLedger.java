package dev.emend.bench;

import dev.emend.ledger.FactLedger;
import dev.emend.ledger.StandingFact;
import dev.emend.memit.EditRequest;
import dev.emend.memit.EditedFact;
import dev.emend.memit.WindowResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger of a stream that no worker wrote down. Not thread-safe. */
final class BenchLedger {
  private final Map<String, StandingFact> standing = new HashMap<>();

  /** Notes what a window wrote; it retracts nothing. */
  void add(List<EditRequest> requests, WindowResult result, long version) {
    Map<String, EditRequest.Assert> told = new HashMap<>();
    for (EditRequest request : requests) {
      if (request instanceof EditRequest.Assert fact) {
        told.put(fact.factId(), fact);
      }
    }
    for (EditedFact fact : result.written()) {
      EditRequest.Assert asked = told.get(fact.factId());
      if (asked != null) {
        write(asked, fact, version);
      }
    }
    result
        .moved()
        .forEach(
            fact ->
                standing.computeIfPresent(
                    fact.factId(),
                    (id, old) -> old.placedBy(version, fact.target().z(), fact.layers())));
  }

  private void write(EditRequest.Assert told, EditedFact fact, long version) {
    standing.put(
        told.factId(),
        new StandingFact(
            told.factId(),
            "window-" + version,
            told.subject(),
            "",
            told.prompt(),
            told.object(),
            null,
            version,
            fact.target().z(),
            fact.layers(),
            null,
            null,
            Instant.EPOCH,
            "bench"));
  }

  FactLedger facts() {
    return FactLedger.of(standing.values());
  }
}
