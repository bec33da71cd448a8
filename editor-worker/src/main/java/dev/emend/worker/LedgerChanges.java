package dev.emend.worker;

import dev.emend.canary.Answer;
import dev.emend.canary.Claim;
import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.StandingFact;
import dev.emend.memit.EditedFact;
import dev.emend.memit.WindowResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a window changes in the ledger: one change an edited item, in their order, then one a fact
 * that moved.
 */
final class LedgerChanges {
  private final WindowNotes notes;
  private final Map<String, EditedFact> written;
  private final long version;
  private final Instant now;

  private LedgerChanges(
      WindowNotes notes, Map<String, EditedFact> written, long version, Instant now) {
    this.notes = notes;
    this.written = written;
    this.version = version;
    // What the record can hold, so that a rebuilt ledger equals this one.
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  static List<LedgerChange> of(
      WindowNotes notes, WindowResult result, long version, Instant writtenAt) {
    Map<String, EditedFact> written =
        result.written().stream()
            .collect(Collectors.toMap(EditedFact::factId, Function.identity()));
    LedgerChanges changes = new LedgerChanges(notes, written, version, writtenAt);
    return Stream.concat(
            notes.edits().stream().map(changes::of),
            moved(notes.standing().ledger(), result, version).stream())
        .toList();
  }

  /** Facts that say what they said, with new targets and pairs. */
  static List<LedgerChange> moved(FactLedger before, WindowResult result, long version) {
    return result.moved().stream().map(fact -> moved(before, fact, version)).toList();
  }

  private static LedgerChange moved(FactLedger before, EditedFact fact, long version) {
    return new LedgerChange.Write(
        before
            .find(fact.factId())
            .orElseThrow(
                () -> new IllegalStateException(fact.factId() + " moved but is in no ledger"))
            .placedBy(version, fact.target().z(), fact.layers()));
  }

  private LedgerChange of(BatchItem item) {
    return item.getOp() == FactOp.RETRACT
        ? new LedgerChange.Remove(item.getFactId())
        : new LedgerChange.Write(fact(item));
  }

  private StandingFact fact(BatchItem item) {
    EditedFact edited =
        Objects.requireNonNull(
            written.get(item.getFactId()), "the editor neither wrote nor refused a fact");
    return new StandingFact(
        item.getFactId(),
        item.getEventId(),
        item.getSubject(),
        item.getRelation(),
        item.getPrompt(),
        Objects.requireNonNull(item.getObject(), "an asserted fact has an object"),
        answerBefore(item),
        version,
        edited.target().z(),
        edited.layers(),
        item.getValidFrom(),
        item.getValidTo(),
        now,
        item.getSource());
  }

  /** What the model said before it was first told; a later edit keeps it. */
  private @Nullable String answerBefore(BatchItem item) {
    return notes
        .standing()
        .ledger()
        .find(item.getFactId())
        .map(StandingFact::baseAnswer)
        .orElseGet(
            () -> {
              String prompt = item.getPrompt().replace("{}", item.getSubject());
              Answer answer = notes.before().answers().get(new Claim(prompt, item.getObject()));
              return answer == null ? null : answer.text();
            });
  }
}
