package dev.emend.memit;

import dev.emend.delta.DenseValues;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.delta.TensorEdit;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.linalg.Matrix;
import dev.emend.model.DownProjection;
import dev.emend.model.StagedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One edited weight on the stage, and the rank-one terms added to it so far. The terms are applied
 * by the delta rule, so whoever replays them gets the same bits. Not thread-safe.
 */
public final class StagedLayer {
  private final StagedWeights stage;
  private final DownProjection projection;
  private final ExactUpdate rule;
  private final float[] values;
  private final List<float[]> residuals = new ArrayList<>();
  private final List<float[]> gains = new ArrayList<>();

  /** The weight as it stands, on a stage that holds it. */
  public StagedLayer(StagedWeights stage, DownProjection projection, ExactUpdate rule) {
    this.stage = stage;
    this.projection = projection;
    this.rule = rule;
    this.values = projection.values();
  }

  /** Index of the block. */
  public int layer() {
    return projection.layer();
  }

  /** {@code W K} in fp64, d x u; K is d_in x u. */
  Matrix times(Matrix keys) {
    return times(projection, values, keys);
  }

  /** {@code W K} for values that a weight has or could have, in stored order. */
  static Matrix times(DownProjection projection, float[] values, Matrix keys) {
    boolean outFirst = projection.layout() == WeightLayout.OUT_IN;
    try (Matrix flipped = Matrix.transposeOf(projection.rows(), projection.columns(), values)) {
      return outFirst ? flipped.transposeTimes(keys) : flipped.times(keys);
    }
  }

  /** Adds {@code sum_r resid_r gain_r^T}; resid is d x u, gain d_in x u. */
  public void add(Matrix resid, Matrix gain) {
    LowRankFactors factors = factors(columns(resid), columns(gain));
    rule.apply(values, shape(), factors);
    stage.replace(projection, values);
    residuals.addAll(columns(resid));
    gains.addAll(columns(gain));
  }

  /** All terms added so far as one update; empty if there were none. */
  Optional<TensorEdit> edit() {
    return residuals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TensorEdit(projection.name(), projection.layout(), factors(residuals, gains)));
  }

  /** The weight as it now is, as one update that needs no predecessor. */
  TensorEdit replacement() {
    return new TensorEdit(projection.name(), projection.layout(), DenseValues.of(values));
  }

  private LowRankFactors factors(List<float[]> resid, List<float[]> gain) {
    try {
      return LowRankFactors.of(
          resid.size(), projection.outputs(), projection.inputs(), joined(resid), joined(gain));
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.NUMERICS, "the update of layer " + layer() + " is not finite", e);
    }
  }

  private MatrixShape shape() {
    return new MatrixShape(projection.layout(), projection.outputs(), projection.inputs());
  }

  private static List<float[]> columns(Matrix matrix) {
    List<float[]> columns = new ArrayList<>();
    for (int i = 0; i < matrix.columns(); i++) {
      columns.add(matrix.column(i));
    }
    return columns;
  }

  private static float[] joined(List<float[]> vectors) {
    int width = vectors.get(0).length;
    float[] all = new float[vectors.size() * width];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, all, i * width, width);
    }
    return all;
  }
}
