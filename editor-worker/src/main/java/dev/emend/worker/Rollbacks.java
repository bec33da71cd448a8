package dev.emend.worker;

import dev.emend.delta.DenseValues;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.StagedVersion;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to an earlier version by a new one: the same weights, bit for bit, as new values of the
 * tensors that differ, and the same facts with the keys and values that they had. Nothing is
 * computed anew, so there is nothing to judge. Confined to the editing thread.
 */
final class Rollbacks {
  private final ModelLog log;
  private final LongFunction<ModelState> starts;
  private final WindowEditor editor;
  private final RollbackRecords records;
  private final Runnable beforeSwap;

  /**
   * Goes back within a log.
   *
   * @param starts opens a version to rebuild from that is not behind a given one
   * @param beforeSwap ends what is under way on the weights that are about to change
   */
  Rollbacks(
      ModelLog log,
      LongFunction<ModelState> starts,
      WindowEditor editor,
      RollbackRecords records,
      Runnable beforeSwap) {
    this.log = log;
    this.starts = starts;
    this.editor = editor;
    this.records = records;
    this.beforeSwap = beforeSwap;
  }

  /**
   * Prepares the version that goes back.
   *
   * @throws Fault VERSION_CHAIN if there is no such version, it cannot be rebuilt, or nothing has
   *     changed since
   */
  PreparedWindow prepare(WindowNotes notes, @Nullable Long to) {
    Standing standing = notes.standing();
    long newest = standing.state().version().version();
    if (to == null || to < 0 || to >= newest) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "a rollback goes to a version from 0 to %d, not to %s".formatted(newest - 1, to));
    }
    PastVersion past = log.past(starts.apply(to), to, standing.ledger());
    StagedVersion staged = stage(standing.state(), past);
    return records.prepared(notes, past, staged, this::swap);
  }

  private static StagedVersion stage(ModelState now, PastVersion past) {
    List<TensorEdit> edits = edits(now, past.state(), past.layouts());
    if (edits.isEmpty()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "%s has the weights of version %d already".formatted(now, past.version()));
    }
    StagedVersion staged = now.stage(DeltaKind.ROLLBACK, edits, ExactUpdate.sequential());
    if (!staged.result().digest().equals(past.state().digest())) {
      throw new Fault(
          FaultCode.DIGEST_MISMATCH,
          "going back to version %d does not give its weights".formatted(past.version()));
    }
    return staged;
  }

  private static List<TensorEdit> edits(
      ModelState now, ModelState past, Map<String, WeightLayout> layouts) {
    List<TensorEdit> edits = new ArrayList<>();
    for (String name : now.digest().tensors().keySet()) {
      if (!now.digest().tensor(name).equals(past.digest().tensor(name))) {
        WeightLayout layout = layouts.getOrDefault(name, WeightLayout.OUT_IN);
        edits.add(new TensorEdit(name, layout, DenseValues.of(past.floats(name))));
      }
    }
    return edits;
  }

  /** Weights and key memory are made anew from what stands, as after a restart. */
  private void swap(Standing standing) {
    beforeSwap.run();
    editor.restore(standing.state(), standing.ledger());
  }
}
