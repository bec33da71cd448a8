package dev.emend.model;

import ai.djl.ndarray.NDArray;
import dev.emend.event.WeightLayout;
import org.jspecify.annotations.Nullable;

/**
 * One matrix product of a model.
 *
 * @param weight stored matrix
 * @param bias added vector, if any
 * @param layout how the matrix is stored
 */
record Dense(NDArray weight, @Nullable NDArray bias, WeightLayout layout) {

  /** {@code x [.., in]} to {@code [.., out]}. */
  NDArray apply(TorchOps ops, NDArray x) {
    String operation = layout == WeightLayout.OUT_IN ? "linear" : "linear_in_out";
    return bias == null
        ? ops.call(operation + "_plain", x, weight)
        : ops.call(operation, x, weight, bias);
  }
}
