package dev.emend.worker;

import dev.emend.delta.DeltaChunks;
import dev.emend.delta.StagedVersion;
import dev.emend.event.BatchItem;
import dev.emend.event.DeltaChunk;
import dev.emend.event.EditFeedback;
import dev.emend.event.LedgerEntry;
import dev.emend.event.PhaseSeconds;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.LedgerRecords;
import dev.emend.topic.FactKey;
import dev.emend.topic.HeadKey;
import dev.emend.topic.Topics;
import dev.emend.version.VersionNotes;
import dev.emend.version.VersionRecorder;
import dev.emend.version.VersionRecords;
import dev.emend.worker.WindowReport.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how a window went: the records of its transaction and the report on it. Confined to
 * the editing thread.
 */
final class WindowRecords {
  private final Topics topics;
  private final VersionRecorder versions;
  private final InstantSource clock;
  private final ProcessMemory memory;

  WindowRecords(
      Topics topics, VersionRecorder versions, InstantSource clock, ProcessMemory memory) {
    this.topics = topics;
    this.versions = versions;
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
    WindowReport report = report(Result.UNVERSIONED, notes, notes.standing(), clock.instant());
    List<Outgoing> records = new ArrayList<>(outcomes(report));
    records.add(feedback(notes, report));
    return new PreparedWindow(records, report, notes.standing(), null);
  }

  /** A window that becomes a version. */
  PreparedWindow versioned(WindowNotes notes, StagedVersion version, StagedEdit staged) {
    Instant now = clock.instant();
    List<BatchItem> applied = notes.edits();
    long number = version.result().version().version();
    List<LedgerChange> changes = LedgerChanges.of(notes, staged.result(), number, now);
    Standing next =
        notes
            .standing()
            .next(
                version.result(),
                notes.standing().ledger().with(changes),
                notes.batch().getBatchId());
    notes.decideEdits(item -> new ItemOutcome.Applied(item, number));
    WindowReport report = report(Result.PUBLISHED, notes, next, now);
    List<Outgoing> records =
        new ArrayList<>(version(versions.record(version, about(notes, applied, report, now))));
    records.addAll(ledger(notes, applied, changes));
    records.addAll(outcomes(report));
    records.add(feedback(notes, report));
    return new PreparedWindow(records, report, next, staged);
  }

  private static VersionNotes about(
      WindowNotes notes, List<BatchItem> applied, WindowReport report, Instant now) {
    return new VersionNotes(
        notes.batch().getBatchId(),
        applied.stream().map(BatchItem::getFactId).toList(),
        applied.stream().map(BatchItem::getEventId).toList(),
        report.canary(),
        report.seconds(),
        now);
  }

  private List<Outgoing> version(VersionRecords version) {
    List<Outgoing> records = new ArrayList<>();
    String model = version.delta().getModel();
    for (DeltaChunk chunk : version.chunks()) {
      records.add(Outgoing.withModel(topics.deltaChunks(), DeltaChunks.recordKey(chunk), chunk));
    }
    records.add(Outgoing.withModel(topics.deltas(), model, version.delta()));
    String head = new HeadKey(model, version.head().getAlias()).text();
    records.add(Outgoing.byKey(topics.heads(), head, version.head()));
    return records;
  }

  private List<Outgoing> ledger(
      WindowNotes notes, List<BatchItem> applied, List<LedgerChange> changes) {
    List<Outgoing> records = new ArrayList<>();
    String model = notes.batch().getModel();
    for (int i = 0; i < changes.size(); i++) {
      BatchItem item = applied.get(i);
      String key = new FactKey(model, item.getSubject(), item.getRelation()).text();
      @Nullable LedgerEntry entry =
          changes.get(i) instanceof LedgerChange.Write write
              ? LedgerRecords.toEntry(model, write.fact())
              : null;
      records.add(Outgoing.withModel(topics.ledger(), key, entry));
    }
    return records;
  }

  private List<Outgoing> outcomes(WindowReport report) {
    String model = report.batch().getModel();
    return report.outcomes().stream()
        .map(outcome -> outcome.toRecord(model, report.editedAt()))
        .map(record -> Outgoing.byKey(topics.outcomes(), record.getEventId(), record))
        .toList();
  }

  private Outgoing feedback(WindowNotes notes, WindowReport report) {
    PromptTokens tokens = notes.staged() == null ? new PromptTokens(0, 0) : notes.staged().tokens();
    EditFeedback feedback =
        EditFeedback.newBuilder()
            .setModel(report.batch().getModel())
            .setBatchId(report.batch().getBatchId())
            .setSequence(report.batch().getSequence())
            .setVersion(report.version())
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

  private WindowReport report(Result result, WindowNotes notes, Standing after, Instant now) {
    PhaseSeconds seconds = notes.seconds(now);
    Long version = result == Result.UNVERSIONED ? null : after.state().version().version();
    return new WindowReport(
        result,
        notes.batch(),
        notes.outcomes(),
        version,
        after.ledger().size(),
        notes.judgement() == null ? null : notes.judgement().scores(),
        seconds,
        memory.peak(),
        notes.startedAt(),
        now);
  }
}
