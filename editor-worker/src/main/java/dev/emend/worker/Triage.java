package dev.emend.worker;

import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.StandingFact;
import dev.emend.memit.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts the items of a window before any editing.
 *
 * @param edits items to edit, ids unique
 * @param decided items whose outcome is known without editing
 */
record Triage(List<BatchItem> edits, List<ItemOutcome> decided) {

  Triage {
    edits = List.copyOf(edits);
    decided = List.copyOf(decided);
  }

  /** Sorts by what stands in {@code ledger}; of two items with one id the later counts. */
  static Triage of(List<BatchItem> items, FactLedger ledger) {
    List<ItemOutcome> decided = new ArrayList<>();
    Map<String, BatchItem> latest = new LinkedHashMap<>();
    for (BatchItem item : items) {
      BatchItem earlier = latest.put(item.getFactId(), item);
      if (earlier != null) {
        decided.add(new ItemOutcome.Superseded(earlier, item.getEventId()));
      }
    }
    List<BatchItem> edits = new ArrayList<>();
    for (BatchItem item : latest.values()) {
      decide(item, ledger.find(item.getFactId()))
          .ifPresentOrElse(decided::add, () -> edits.add(item));
    }
    return new Triage(edits, decided);
  }

  private static Optional<ItemOutcome> decide(BatchItem item, Optional<StandingFact> standing) {
    if (item.getOp() == FactOp.RETRACT) {
      return standing.isPresent()
          ? Optional.empty()
          : refused(item, RejectReason.NOTHING_TO_RETRACT, "the model was never told this fact");
    }
    if (item.getObject() == null || item.getObject().isBlank()) {
      return refused(item, RejectReason.OBJECT_EMPTY, "the object is empty");
    }
    if (item.getPrompt().split("\\{}", -1).length != 2) {
      return refused(item, RejectReason.PROMPT_WITHOUT_PLACEHOLDER, "the prompt needs one {}");
    }
    return standing.filter(fact -> says(fact, item)).map(fact -> new ItemOutcome.Unchanged(item));
  }

  private static Optional<ItemOutcome> refused(BatchItem item, RejectReason reason, String detail) {
    return Optional.of(
        new ItemOutcome.Rejected(item, new Rejection(item.getFactId(), reason, detail)));
  }

  private static boolean says(StandingFact fact, BatchItem item) {
    return fact.object().equals(item.getObject()) && fact.prompt().equals(item.getPrompt());
  }
}
