package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.event.WeightLayout;
import dev.emend.weights.FloatBlocks;

/**
 * The weight of one layer that edits write to. Values are in stored order: row-major over {@link
 * #rows} and {@link #columns}, whichever of them {@link #layout} says is the output. In a model of
 * low precision it is held in that precision until it is looked at or written. Not thread-safe.
 */
public final class DownProjection {
  private final int layer;
  private final String name;
  private final Weights weights;
  private final TorchOps ops;
  private final StoredValues stored;
  private Dense dense;

  private DownProjection(
      int layer, String name, Weights weights, TorchOps ops, StoredValues stored, Dense dense) {
    this.layer = layer;
    this.name = name;
    this.weights = weights;
    this.ops = ops;
    this.stored = stored;
    this.dense = dense;
  }

  static DownProjection of(Binding binding, int layer, StoredValues stored) {
    ModelConfig config = binding.config();
    return new DownProjection(
        layer,
        binding.weightName(TensorRole.DOWN, layer),
        binding.weights(),
        binding.ops(),
        stored,
        binding.dense(TensorRole.DOWN, layer, config.innerWidth(), config.width()));
  }

  /** From {@code [.., d_in]} to {@code [.., d]}. */
  NDArray apply(NDArray input) {
    return dense.apply(ops, input);
  }

  /**
   * Holds the values in float32 from now on, exactly as they are stored, and computes with them so:
   * what edits write to must not be rounded. Where it is held so already, nothing happens.
   */
  public void holdExactly() {
    if (dense.low()) {
      FloatBlocks values = stored.of(name);
      NDArray exact =
          new ArrayFiller(weights.manager(), ops).filled(values, Precision.FP32, rows(), columns());
      weights.replace(name, exact);
      dense = dense.exact(exact);
    }
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
    return dense.layout();
  }

  /** First axis as stored. */
  public int rows() {
    return Math.toIntExact(dense.weight().getShape().get(0));
  }

  /** Second axis as stored. */
  public int columns() {
    return Math.toIntExact(dense.weight().getShape().get(1));
  }

  /** Width of what it reads, d_in. */
  public int inputs() {
    return layout() == WeightLayout.OUT_IN ? columns() : rows();
  }

  /** Width of what it writes, d. */
  public int outputs() {
    return layout() == WeightLayout.OUT_IN ? rows() : columns();
  }

  /** A copy of the values in stored order; holds them exactly from now on. */
  public float[] values() {
    holdExactly();
    return dense.weight().toFloatArray();
  }

  /** Replaces all values, in stored order; see {@link StagedWeights} for taking them back. */
  public void replace(float[] values) {
    if (values.length != (long) rows() * columns()) {
      throw new IllegalArgumentException(
          values.length + " values for " + dense.weight().getShape());
    }
    holdExactly();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray copy = NativeArrays.floats(weights.manager(), values, rows(), columns());
      ops.call("assign", dense.weight(), copy);
    }
  }
}
