package dev.emend.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.model.NativeArrays;

/**
 * What a token may see in each block: 0 where it may, minus infinity where it may not, {@code [T,
 * T]} or {@code [B, 1, T, T]}.
 *
 * <p>Where subjects are hidden, tokens behind a subject see none of it in the early blocks, and its
 * last token alone in the last {@value #READING} ones. A fact can then only be looked up at the
 * last token of its subject, in the early blocks, and read from there: the picture of recall on
 * which locate-and-edit methods rest (Meng et al. 2022), which a small model does not take up by
 * itself.
 */
final class AttentionMasks {
  private static final int READING = 2;

  private final NDArray early;
  private final NDArray late;
  private final int firstLate;

  private AttentionMasks(NDArray early, NDArray late, int firstLate) {
    this.early = early;
    this.late = late;
    this.firstLate = firstLate;
  }

  /** The same for all blocks. */
  static AttentionMasks same(NDArray mask) {
    return new AttentionMasks(mask, mask, 0);
  }

  /** Subjects are seen through their last tokens. */
  static AttentionMasks throughSubjects(NDManager manager, MicroBatch batch, int layers) {
    return new AttentionMasks(
        ofRows(manager, batch, false), ofRows(manager, batch, true), Math.max(0, layers - READING));
  }

  /** Every token sees itself and those before it. */
  static NDArray causal(NDManager manager, int width) {
    float[] values = new float[width * width];
    fillCausal(values, 0, width);
    return NativeArrays.floats(manager, values, width, width);
  }

  private static NDArray ofRows(NDManager manager, MicroBatch batch, boolean lastTokenSeen) {
    int width = batch.width();
    float[] values = new float[batch.rows() * width * width];
    for (int row = 0; row < batch.rows(); row++) {
      fillCausal(values, row * width * width, width);
    }
    for (int row = 0; row < batch.members().size(); row++) {
      for (TrainingRow.Span subject : batch.members().get(row).subjects()) {
        hide(values, row * width * width, width, subject, lastTokenSeen);
      }
    }
    return NativeArrays.floats(manager, values, batch.rows(), 1, width, width);
  }

  private static void fillCausal(float[] values, int at, int width) {
    for (int query = 0; query < width; query++) {
      for (int key = query + 1; key < width; key++) {
        values[at + query * width + key] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private static void hide(
      float[] values, int at, int width, TrainingRow.Span subject, boolean lastTokenSeen) {
    int hidden = lastTokenSeen ? subject.to() - 1 : subject.to();
    for (int query = subject.to(); query < width; query++) {
      for (int key = subject.from(); key < hidden; key++) {
        values[at + query * width + key] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** The mask of a block. */
  NDArray of(int layer) {
    return layer < firstLate ? early : late;
  }
}
