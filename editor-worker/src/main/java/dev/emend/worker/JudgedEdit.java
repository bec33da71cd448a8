package dev.emend.worker;

import dev.emend.canary.Canary;
import dev.emend.canary.Exam;
import dev.emend.canary.Judgement;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.StagedVersion;
import dev.emend.event.BatchItem;
import dev.emend.event.DeltaKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A staged edit with the version that it would become and what was measured on it.
 *
 * @param version the version
 * @param judgement the measurements
 */
record JudgedEdit(StagedVersion version, Judgement judgement) {

  /**
   * Computes the version and puts the questions about {@code items} to the staged weights.
   *
   * @param staged changes at least one tensor
   */
  static JudgedEdit of(
      StagedEdit staged, List<BatchItem> items, WindowNotes notes, Exam exam, WindowEditor editor) {
    StagedVersion version =
        notes.timeApplying(
            () ->
                notes
                    .standing()
                    .state()
                    .stage(DeltaKind.WINDOW, staged.result().tensors(), ExactUpdate.sequential()));
    Set<String> edited = items.stream().map(BatchItem::getFactId).collect(Collectors.toSet());
    Judgement judgement =
        notes.timeJudging(
            () -> Canary.judge(exam.of(edited), notes.before(), editor, ChangeNorm.of(version)));
    return new JudgedEdit(version, judgement);
  }
}
