package dev.emend.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * One normalisation of a model over the last axis.
 *
 * @param gain factor per coordinate
 * @param bias added vector; a normalisation with one removes the mean, one without does not
 */
record Normaliser(NDArray gain, @Nullable NDArray bias) {

  NDArray apply(TorchOps ops, NDArray x) {
    return bias == null ? ops.call("rms_norm", x, gain) : ops.call("layer_norm", x, gain, bias);
  }
}
