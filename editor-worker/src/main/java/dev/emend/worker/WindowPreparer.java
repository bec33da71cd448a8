package dev.emend.worker;

import dev.emend.canary.Canary;
import dev.emend.canary.Exam;
import dev.emend.canary.ExamWriter;
import dev.emend.canary.Gate;
import dev.emend.canary.Judgement;
import dev.emend.canary.Verdict;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.StagedVersion;
import dev.emend.event.BatchItem;
import dev.emend.event.DeltaKind;
import dev.emend.event.EditBatch;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.fault.RejectReason;
import dev.emend.memit.Rejection;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes one window from the batch to the records of its transaction: sort, ask the parent version,
 * stage the edit, judge it, write everything down. Confined to the editing thread.
 */
final class WindowPreparer {
  private final WindowEditor editor;
  private final ExamWriter exams;
  private final Gate gate;
  private final WindowRecords records;
  private final InstantSource clock;

  WindowPreparer(
      WindowEditor editor,
      ExamWriter exams,
      Gate gate,
      WindowRecords records,
      InstantSource clock) {
    this.editor = editor;
    this.exams = exams;
    this.gate = gate;
    this.records = records;
    this.clock = clock;
  }

  /** Prepares a window on top of {@code standing}. If it throws, the weights are as before. */
  PreparedWindow prepare(EditBatch batch, Standing standing) {
    records.begin();
    WindowNotes notes = new WindowNotes(batch, standing, clock);
    if (standing.versionOf(batch.getBatchId()).isPresent()) {
      return records.replayed(notes);
    }
    notes.triaged(Triage.of(batch.getItems(), standing.ledger()));
    if (notes.edits().isEmpty()) {
      return records.unversioned(notes);
    }
    Exam exam = exams.write(batch.getBatchId(), notes.edits(), standing.ledger());
    notes.asked(notes.timeJudging(() -> Canary.before(exam, editor)));
    try {
      return stage(notes, exam);
    } catch (Fault e) {
      if (e.code() != FaultCode.MEMORY_EXCEEDED) {
        throw e;
      }
      String detail = String.valueOf(e.getMessage());
      return records.unversioned(
          notes.decideEdits(item -> rejected(item, RejectReason.WINDOW_TOO_LARGE, detail)));
    }
  }

  /** Refuses every item of a window that could not be prepared. */
  PreparedWindow refuse(EditBatch batch, Standing standing, RejectReason reason, String detail) {
    WindowNotes notes = new WindowNotes(batch, standing, clock);
    notes.triaged(Triage.of(batch.getItems(), standing.ledger()));
    return records.unversioned(notes.decideEdits(item -> rejected(item, reason, detail)));
  }

  private PreparedWindow stage(WindowNotes notes, Exam exam) {
    StagedEdit staged = editor.stage(notes.edits(), notes.standing().ledger());
    boolean kept = false;
    try {
      Set<String> asked = factIds(notes);
      notes.staged(staged);
      asked.removeAll(factIds(notes));
      if (staged.result().tensors().isEmpty()) {
        return records.unversioned(notes);
      }
      StagedVersion version = notes.timeApplying(() -> version(notes, staged));
      Exam remaining = exam.without(asked);
      Judgement judgement =
          notes.timeJudging(() -> Canary.judge(remaining, notes.before(), editor));
      notes.judged(judgement);
      Verdict verdict = gate.decide(judgement);
      kept = verdict instanceof Verdict.Passed;
      return verdict.fold(
          passed -> records.versioned(notes, version, staged),
          failed -> records.unversioned(notes.decideEdits(item -> failed(item, failed))));
    } finally {
      if (!kept) {
        staged.close();
      }
    }
  }

  private static Set<String> factIds(WindowNotes notes) {
    return notes.edits().stream().map(BatchItem::getFactId).collect(Collectors.toSet());
  }

  private static StagedVersion version(WindowNotes notes, StagedEdit staged) {
    return notes
        .standing()
        .state()
        .stage(DeltaKind.WINDOW, staged.result().tensors(), ExactUpdate.sequential());
  }

  private static ItemOutcome failed(BatchItem item, Verdict.Failed verdict) {
    return rejected(item, RejectReason.CANARY_FAILED, "its window: " + verdict.measurement());
  }

  private static ItemOutcome rejected(BatchItem item, RejectReason reason, String detail) {
    return new ItemOutcome.Rejected(item, new Rejection(item.getFactId(), reason, detail));
  }
}
