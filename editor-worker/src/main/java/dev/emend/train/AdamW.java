package dev.emend.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.emend.model.NativeArrays;
import dev.emend.model.TorchModule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), beta 0.9 and 0.98. Gradients whose
 * common norm exceeds 1 are scaled down to it. Call outside of gradient recording. Not thread-safe.
 */
final class AdamW {
  private static final double LONGEST_GRADIENT = 1;

  /** Running means of the gradient and of its square. */
  record Moments(NDArray first, NDArray second) {}

  private final NDManager manager;
  private final TorchModule torch;
  private final TrainedWeights weights;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private final NDArray decay;
  private final NDArray none;

  AdamW(NDManager manager, TorchModule torch, TrainedWeights weights, double decay) {
    this.manager = manager;
    this.torch = torch;
    this.weights = weights;
    this.decay = NativeArrays.scalar(manager, decay);
    this.none = NativeArrays.scalar(manager, 0);
    for (String name : weights.names()) {
      NDArray weight = weights.get(name);
      moments.put(
          name, new Moments(manager.zeros(weight.getShape()), manager.zeros(weight.getShape())));
    }
  }

  /** The state of a weight, for checkpoints. */
  Moments moments(String name) {
    Moments found = moments.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no weight " + name);
    }
    return found;
  }

  /**
   * Changes the weights by their gradients and clears these.
   *
   * @param step number of updates made before
   * @param rate learning rate
   * @return the norm of all gradients before scaling
   */
  double update(int step, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double norm = gradientNorm();
      NDArray scale = NativeArrays.scalar(manager, Math.max(1, norm / LONGEST_GRADIENT));
      NDArray learningRate = NativeArrays.scalar(manager, rate);
      for (String name : weights.names()) {
        NDArray count = NativeArrays.scalar(manager, step + 1.0);
        update(weights.get(name), moments(name), count, learningRate, scale);
      }
      return norm;
    }
  }

  private void update(NDArray weight, Moments state, NDArray step, NDArray rate, NDArray scale) {
    torch.call(
        "adamw",
        weight,
        weight.getGradient(),
        state.first(),
        state.second(),
        step,
        rate,
        TrainedWeights.decays(weight) ? decay : none,
        scale);
    JniUtils.zeroGrad((PtNDArray) weight);
  }

  private double gradientNorm() {
    double sum = 0;
    for (String name : weights.names()) {
      sum += torch.call("square_sum", weights.get(name).getGradient()).getFloat();
    }
    return Math.sqrt(sum);
  }
}
