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
 * @param low whether it is held in the model's low precision; the product then is, too, and its
 *     result is float32 again before the vector is added
 */
record Dense(NDArray weight, @Nullable NDArray bias, WeightLayout layout, boolean low) {

  /** {@code x [.., in]} to {@code [.., out]}. */
  NDArray apply(TorchOps ops, NDArray x) {
    String operation =
        (low ? "low_" : "") + (layout == WeightLayout.OUT_IN ? "linear" : "linear_in_out");
    return bias == null
        ? ops.call(operation + "_plain", x, weight)
        : ops.call(operation, x, weight, bias);
  }

  /** The same matrix in float32. */
  Dense exact(NDArray values) {
    return new Dense(values, bias, layout, false);
  }
}
