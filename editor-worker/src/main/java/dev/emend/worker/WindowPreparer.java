package dev.emend.worker;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.Canary;
import dev.emend.canary.Exam;
import dev.emend.canary.ExamWriter;
import dev.emend.canary.Gate;
import dev.emend.canary.Verdict;
import dev.emend.delta.ModelVersion;
import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.fault.RejectReason;
import dev.emend.memit.Rejection;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes one window from the batch to the records of its transaction: sort, ask the parent version,
 * stage the edit, judge it, write everything down. A window that fails its gate is bisected: the
 * culprits are refused and the rest is edited as one window. Confined to the editing thread.
 */
final class WindowPreparer {
  private final WindowEditor editor;
  private final ExamWriter exams;
  private final Gate gate;
  private final WindowBisection bisection;
  private final WindowRecords records;
  private final InstantSource clock;
  private LastReading lastReading = LastReading.NONE;

  WindowPreparer(
      WindowEditor editor,
      ExamWriter exams,
      Gate gate,
      BisectBudget bisect,
      WindowRecords records,
      InstantSource clock) {
    this.editor = editor;
    this.exams = exams;
    this.gate = gate;
    this.bisection = new WindowBisection(editor, gate, bisect, clock);
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
    long turn = standing.state().version().version();
    Exam exam = exams.write(batch.getBatchId(), turn, notes.edits(), standing.ledger());
    ModelVersion parent = standing.state().version();
    notes.asked(
        notes.timeJudging(() -> Canary.before(exam, editor, lastReading.of(parent, editor))));
    try {
      return edit(notes, exam);
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

  private PreparedWindow edit(WindowNotes notes, Exam exam) {
    return attempt(notes, exam, failed -> bisection.run(notes, exam, failed))
        .or(() -> attempt(notes, exam, failed -> refuseRest(notes, failed)))
        .orElseGet(() -> records.unversioned(notes));
  }

  /** Stages and judges what is left of the window; empty if it fails, or if nothing is left. */
  private Optional<PreparedWindow> attempt(
      WindowNotes notes, Exam exam, Consumer<Verdict.Failed> onFailure) {
    if (notes.edits().isEmpty()) {
      return Optional.empty();
    }
    StagedEdit staged = editor.stage(notes.edits(), notes.standing().ledger());
    Optional<PreparedWindow> prepared = Optional.empty();
    Verdict.Failed failure = null;
    try {
      notes.staged(staged);
      if (staged.result().tensors().isEmpty()) {
        return Optional.empty();
      }
      JudgedEdit judged = JudgedEdit.of(staged, notes.edits(), notes, exam, editor);
      Verdict verdict = gate.decide(judged.judgement(), notes.standing().gate());
      notes.judged(verdict, gate);
      failure = verdict.<Verdict.@Nullable Failed>fold(passed -> null, failed -> failed);
      if (failure == null) {
        prepared = Optional.of(records.versioned(notes, judged.version(), staged));
        lastReading =
            new LastReading(judged.version().result().version(), judged.judgement().text());
      }
    } finally {
      if (prepared.isEmpty()) {
        staged.close();
      }
    }
    if (failure != null) {
      onFailure.accept(failure);
    }
    return prepared;
  }

  /** What passed in a trial and fails now cannot be told apart any further. */
  private static void refuseRest(WindowNotes notes, Verdict.Failed failed) {
    notes.decideEdits(item -> WindowBisection.refused(item, "its window: " + failed.measurement()));
  }

  private static ItemOutcome rejected(BatchItem item, RejectReason reason, String detail) {
    return new ItemOutcome.Rejected(item, new Rejection(item.getFactId(), reason, detail));
  }
}
