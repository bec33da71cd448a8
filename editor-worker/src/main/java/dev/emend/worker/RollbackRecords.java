package dev.emend.worker;

import dev.emend.delta.StagedVersion;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.RollbackNote;
import dev.emend.history.EventDifference;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.StandingFact;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ToldFact;
import dev.emend.topic.Topics;
import dev.emend.version.Aliases;
import dev.emend.version.HeadCause;
import dev.emend.version.VersionNotes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a rollback: version, ledger, and what it means for the events that it undoes or
 * brings back. Confined to the editing thread.
 */
final class RollbackRecords {
  private final Topics topics;
  private final VersionLetters letters;
  private final WindowRecords records;
  private final InstantSource clock;

  RollbackRecords(
      Topics topics, VersionLetters letters, WindowRecords records, InstantSource clock) {
    this.topics = topics;
    this.letters = letters;
    this.records = records;
    this.clock = clock;
  }

  /**
   * The rollback, ready for its transaction.
   *
   * @param swap makes what stands the live model, once it is committed
   */
  PreparedWindow prepared(
      WindowNotes notes, PastVersion past, StagedVersion staged, Consumer<Standing> swap) {
    Instant now = clock.instant();
    Standing before = notes.standing();
    long number = staged.result().version().version();
    RollbackLedger ledger = new RollbackLedger(before.ledger(), past.ledger());
    List<LedgerChange> changes = ledger.changes(number);
    EventDifference events = EventDifference.undoing(past.since());
    VersionNotes about =
        new VersionNotes(
            notes.batch().getBatchId(),
            ledger.facts(),
            events.redone(),
            Optional.of(new VersionNotes.Rollback(past.version(), events.undone())),
            null,
            null,
            notes.seconds(now),
            now);
    Aliases aliases = letters.aliases(before, staged, about);
    Standing next =
        before.rolledBack(
            staged.result(),
            before.ledger().with(changes),
            notes.batch().getBatchId(),
            past.consolidated(),
            aliases);
    List<Outgoing> out = new ArrayList<>(letters.version(staged, about));
    out.addAll(letters.heads(before, aliases, HeadCause.ROLLED_BACK, now));
    out.addAll(letters.ledger(before, changes));
    out.addAll(new Outcomes(before, past, number, now).all(events));
    return records.rolledBack(notes, next, out, new Swap(next, swap));
  }

  /** What becomes of events. */
  private final class Outcomes {
    private final Standing before;
    private final PastVersion past;
    private final long version;
    private final Instant now;
    private final Map<String, ToldFact> told = new HashMap<>();

    Outcomes(Standing before, PastVersion past, long version, Instant now) {
      this.before = before;
      this.past = past;
      this.version = version;
      this.now = now;
      for (LoggedVersion logged : past.versions()) {
        logged.told().forEach(fact -> fact.eventId().ifPresent(id -> told.put(id, fact)));
      }
    }

    List<Outgoing> all(EventDifference events) {
      List<Outgoing> records = new ArrayList<>();
      events.undone().forEach(event -> of(event, true).ifPresent(records::add));
      events.redone().forEach(event -> of(event, false).ifPresent(records::add));
      return records;
    }

    private Optional<Outgoing> of(String event, boolean undone) {
      return Optional.ofNullable(told.get(event))
          .map(fact -> Outgoing.byKey(topics.outcomes(), event, outcome(event, fact, undone)));
    }

    private FactOutcome outcome(String event, ToldFact fact, boolean undone) {
      StandingFact stands = past.ledger().find(fact.factId()).orElse(null);
      OutcomeCode again = fact.object().isEmpty() ? OutcomeCode.RETRACTED : OutcomeCode.APPLIED;
      return FactOutcome.newBuilder()
          .setEventId(event)
          .setModel(before.state().model())
          .setFactId(fact.factId())
          .setCode(undone ? OutcomeCode.ROLLED_BACK : again)
          .setVersion(version)
          .setBy(undone && stands != null ? stands.eventId() : null)
          .setDetail("the model went back to version " + past.version())
          .setDecidedAt(now)
          .setRollback(note(fact.factId(), stands))
          .build();
    }

    private RollbackNote note(String factId, @Nullable StandingFact stands) {
      FactLedger ledger = before.ledger();
      return RollbackNote.newBuilder()
          .setTo(past.version())
          .setBeforeEvent(ledger.find(factId).map(StandingFact::eventId).orElse(null))
          .setStandsEvent(stands == null ? null : stands.eventId())
          .setStandsObject(stands == null ? null : stands.object())
          .build();
    }
  }

  /** Swaps to what stands after the commit; before it nothing has changed. */
  private record Swap(Standing next, Consumer<Standing> swap) implements Stage {
    @Override
    public void commit() {
      swap.accept(next);
    }

    @Override
    public void close() {
      // Nothing was staged: the weights change only after the commit.
    }
  }
}
