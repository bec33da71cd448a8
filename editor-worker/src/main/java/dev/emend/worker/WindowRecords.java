package dev.emend.worker;

import dev.emend.delta.StagedVersion;
import dev.emend.event.BatchItem;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.VersionFact;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.LedgerChange;
import dev.emend.memory.ProcessMemory;
import dev.emend.topic.Topics;
import dev.emend.version.Aliases;
import dev.emend.version.HeadCause;
import dev.emend.version.VersionNotes;
import dev.emend.worker.WindowReport.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how a window went: the records of its transaction and the report on it. Confined to
 * the editing thread.
 */
final class WindowRecords {
  private final Topics topics;
  private final VersionLetters letters;
  private final DeadFacts deadFacts;
  private final InstantSource clock;
  private final ProcessMemory memory;

  WindowRecords(Topics topics, VersionLetters letters, InstantSource clock, ProcessMemory memory) {
    this.topics = topics;
    this.letters = letters;
    this.deadFacts = new DeadFacts(topics);
    this.clock = clock;
    this.memory = memory;
  }

  /** Measures the memory of the window that begins now. */
  void begin() {
    memory.resetPeak();
  }

  /** A window that is in the chain already: its records were written with its version. */
  PreparedWindow replayed(WindowNotes notes) {
    WindowReport report = report(Result.REPLAYED, notes, notes.standing(), clock.instant());
    return new PreparedWindow(List.of(), report, notes.standing(), null);
  }

  /** A window that leaves the weights as they are. */
  PreparedWindow unversioned(WindowNotes notes) {
    Standing same = notes.standing().at(notes.gate());
    WindowReport report = report(Result.UNVERSIONED, notes, same, clock.instant());
    List<Outgoing> records = new ArrayList<>(outcomes(report));
    records.add(feedback(notes, report));
    return new PreparedWindow(records, report, same, null);
  }

  /** An order that is not carried out. */
  PreparedWindow refused(WindowNotes notes, String why) {
    return ordered(notes, List.of(), notes.standing(), why);
  }

  /** An order by which {@code live} goes on. */
  PreparedWindow promoted(WindowNotes notes, Aliases after) {
    return ordered(
        notes,
        letters.heads(notes.standing(), after, HeadCause.PROMOTED, clock.instant()),
        notes.standing().at(after),
        null);
  }

  private PreparedWindow ordered(
      WindowNotes notes, List<Outgoing> heads, Standing after, @Nullable String refusal) {
    WindowReport report = report(Result.ORDERED, notes, after, clock.instant());
    List<Outgoing> records = new ArrayList<>(heads);
    records.add(letters.order(notes.batch(), after, refusal, clock.instant()));
    records.add(feedback(notes, report, after.aliases().live().version(), refusal));
    return new PreparedWindow(records, report, after, null);
  }

  /** An order that became a version, with the records that say so. */
  PreparedWindow rolledBack(WindowNotes notes, Standing next, List<Outgoing> records, Stage stage) {
    WindowReport report = report(Result.PUBLISHED, notes, next, clock.instant());
    List<Outgoing> all = new ArrayList<>(records);
    all.add(letters.order(notes.batch(), next, null, clock.instant()));
    all.add(feedback(notes, report));
    return new PreparedWindow(all, report, next, stage);
  }

  /** A window that becomes a version. */
  PreparedWindow versioned(WindowNotes notes, StagedVersion version, StagedEdit staged) {
    Instant now = clock.instant();
    List<BatchItem> applied = notes.edits();
    long number = version.result().version().version();
    List<LedgerChange> changes = LedgerChanges.of(notes, staged.result(), number, now);
    notes.decideEdits(item -> new ItemOutcome.Applied(item, number));
    VersionNotes about = about(notes, applied, staged, now);
    Aliases aliases = letters.aliases(notes.standing(), version, about);
    Standing next =
        notes
            .standing()
            .next(
                version.result(),
                notes.standing().ledger().with(changes),
                notes.batch().getBatchId(),
                aliases)
            .at(notes.gate());
    WindowReport report = report(Result.PUBLISHED, notes, next, now);
    List<Outgoing> records = new ArrayList<>(letters.version(version, about));
    records.addAll(letters.heads(notes.standing(), aliases, HeadCause.PUBLISHED, now));
    records.addAll(letters.ledger(notes.standing(), changes));
    records.addAll(outcomes(report));
    records.add(feedback(notes, report));
    return new PreparedWindow(records, report, next, staged);
  }

  private static VersionNotes about(
      WindowNotes notes, List<BatchItem> applied, StagedEdit staged, Instant now) {
    return new VersionNotes(
        notes.batch().getBatchId(),
        applied.stream().map(WindowRecords::fact).toList(),
        applied.stream().map(BatchItem::getEventId).toList(),
        Optional.empty(),
        notes.scores(),
        RecipeRecord.of(staged.recipe()),
        notes.seconds(now),
        now);
  }

  private static VersionFact fact(BatchItem item) {
    return VersionFact.newBuilder()
        .setFactId(item.getFactId())
        .setEventId(item.getEventId())
        .setSubject(item.getSubject())
        .setRelation(item.getRelation())
        .setPrompt(item.getPrompt())
        .setObject(item.getOp() == FactOp.RETRACT ? null : item.getObject())
        .setSource(item.getSource())
        .setValidFrom(item.getValidFrom())
        .setValidTo(item.getValidTo())
        .build();
  }

  /** The outcome of each item; what did harm goes to the dead letters too. */
  private List<Outgoing> outcomes(WindowReport report) {
    String model = report.batch().getModel();
    List<Outgoing> records = new ArrayList<>();
    for (ItemOutcome outcome : report.outcomes()) {
      FactOutcome record = outcome.toRecord(model, report.editedAt());
      records.add(Outgoing.byKey(topics.outcomes(), record.getEventId(), record));
      outcome
          .rejection()
          .filter(why -> why.reason() == RejectReason.CANARY_FAILED)
          .map(why -> deadFacts.letter(model, outcome.item(), why.reason(), why.detail()))
          .ifPresent(records::add);
    }
    return records;
  }

  private Outgoing feedback(WindowNotes notes, WindowReport report) {
    return feedback(notes, report, report.version(), null);
  }

  private Outgoing feedback(
      WindowNotes notes, WindowReport report, @Nullable Long version, @Nullable String refusal) {
    PromptTokens tokens = notes.staged() == null ? new PromptTokens(0, 0) : notes.staged().tokens();
    EditFeedback feedback =
        EditFeedback.newBuilder()
            .setModel(report.batch().getModel())
            .setBatchId(report.batch().getBatchId())
            .setSequence(report.batch().getSequence())
            .setVersion(version)
            .setRefusal(refusal)
            .setItems(report.applied())
            .setRejected(report.rejected())
            .setPromptTokens(tokens.total())
            .setLongestPrompt(tokens.longest())
            .setSeconds(report.seconds())
            .setPeakBytes(report.peakBytes())
            .setFactsInModel(report.facts())
            .setCanary(report.canary())
            .setFinishedAt(report.editedAt())
            .build();
    return Outgoing.withModel(topics.feedback(), report.batch().getModel(), feedback);
  }

  private static Optional<String> verdict(WindowNotes notes) {
    return Optional.ofNullable(notes.verdict())
        .map(verdict -> verdict.fold(passed -> "passed", failed -> failed.score().label()));
  }

  private WindowReport report(Result result, WindowNotes notes, Standing after, Instant now) {
    PhaseSeconds seconds = notes.seconds(now);
    Long version =
        result == Result.UNVERSIONED || result == Result.ORDERED
            ? null
            : after.state().version().version();
    return new WindowReport(
        result,
        notes.batch(),
        notes.outcomes(),
        version,
        after.ledger().size(),
        notes.scores(),
        verdict(notes),
        notes.bisecting(),
        seconds,
        memory.peak(),
        notes.startedAt(),
        now);
  }
}
