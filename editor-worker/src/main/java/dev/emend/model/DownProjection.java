package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.event.WeightLayout;

/**
 * The weight of one layer that edits write to. Values are in stored order: row-major over {@link
 * #rows} and {@link #columns}, whichever of them {@link #layout} says is the output. Not
 * thread-safe.
 */
public final class DownProjection {
  private final int layer;
  private final String name;
  private final WeightLayout layout;
  private final NDArray weight;
  private final TorchOps ops;

  private DownProjection(
      int layer, String name, WeightLayout layout, NDArray weight, TorchOps ops) {
    this.layer = layer;
    this.name = name;
    this.layout = layout;
    this.weight = weight;
    this.ops = ops;
  }

  static DownProjection of(Binding binding, int layer) {
    ModelConfig config = binding.config();
    Dense dense = binding.dense(TensorRole.DOWN, layer, config.innerWidth(), config.width());
    return new DownProjection(
        layer,
        binding.weightName(TensorRole.DOWN, layer),
        dense.layout(),
        dense.weight(),
        binding.ops());
  }

  /** Index of the block. */
  public int layer() {
    return layer;
  }

  /** Name of the tensor as stored. */
  public String name() {
    return name;
  }

  /** How the matrix is stored. */
  public WeightLayout layout() {
    return layout;
  }

  /** First axis as stored. */
  public int rows() {
    return Math.toIntExact(weight.getShape().get(0));
  }

  /** Second axis as stored. */
  public int columns() {
    return Math.toIntExact(weight.getShape().get(1));
  }

  /** Width of what it reads, d_in. */
  public int inputs() {
    return layout == WeightLayout.OUT_IN ? columns() : rows();
  }

  /** Width of what it writes, d. */
  public int outputs() {
    return layout == WeightLayout.OUT_IN ? rows() : columns();
  }

  /** A copy of the values in stored order. */
  public float[] values() {
    return weight.toFloatArray();
  }

  /** Replaces all values, in stored order; see {@link StagedWeights} for taking them back. */
  public void replace(float[] values) {
    if (values.length != (long) rows() * columns()) {
      throw new IllegalArgumentException(values.length + " values for " + weight.getShape());
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      ops.call(
          "assign", weight, NativeArrays.floats(weight.getManager(), values, rows(), columns()));
    }
  }
}
