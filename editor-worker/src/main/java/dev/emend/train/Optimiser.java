package dev.emend.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.emend.model.NativeArrays;
import dev.emend.model.TorchModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes weights by their gradients. Matrices inside blocks follow Muon (Jordan et al. 2024): the
 * running mean of the gradient, brought near the closest orthogonal matrix, with the step length of
 * Liu et al. 2025 so that one learning rate serves both rules; it learns rare associations in fewer
 * steps. Everything else follows AdamW (Loshchilov and Hutter 2019), beta 0.9 and 0.98. Gradients
 * whose common norm exceeds 1 are scaled down to it. Not thread-safe.
 */
final class Optimiser {
  private static final double LONGEST_GRADIENT = 1;
  private static final double USUAL_STEP = 0.2;

  /** Running means of the gradient and, for AdamW, of its square. */
  record Moments(NDArray first, NDArray second) {}

  private final NDManager manager;
  private final TorchModule torch;
  private final TrainedWeights weights;
  private final Workers workers;
  private final String suffix;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private final NDArray decay;
  private final NDArray none;

  Optimiser(
      NDManager manager,
      TorchModule torch,
      TrainedWeights weights,
      Workers workers,
      TrainOptions options) {
    this.manager = manager;
    this.torch = torch;
    this.weights = weights;
    this.workers = workers;
    this.suffix = options.precision().suffix();
    this.decay = NativeArrays.scalar(manager, options.weightDecay());
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
    double norm = gradientNorm();
    List<Workers.Piece<Boolean>> pieces = new ArrayList<>();
    for (String name : weights.names()) {
      pieces.add(() -> update(name, step, rate, Math.max(1, norm / LONGEST_GRADIENT)));
    }
    workers.all(false, pieces);
    return norm;
  }

  private boolean update(String name, int step, double rate, double scale) {
    NDArray weight = weights.get(name);
    Moments state = moments(name);
    NDArray speed = NativeArrays.scalar(manager, rate);
    NDArray divisor = NativeArrays.scalar(manager, scale);
    NDArray gradient = weight.getGradient();
    if (TrainedWeights.insideBlock(name) && TrainedWeights.decays(weight)) {
      int parts = name.contains("c_attn") ? 3 : 1;
      String method = (parts == 3 ? "muon_thirds" : "muon") + suffix;
      NDArray length = NativeArrays.scalar(manager, rate * stepLength(weight, parts));
      torch.call(method, weight, gradient, state.first(), speed, length, decay, divisor);
    } else {
      NDArray count = NativeArrays.scalar(manager, step + 1.0);
      NDArray shrink = TrainedWeights.decays(weight) ? decay : none;
      torch.call(
          "adamw", weight, gradient, state.first(), state.second(), count, speed, shrink, divisor);
    }
    JniUtils.zeroGrad((PtNDArray) weight);
    return true;
  }

  /** What makes the step of an orthogonal matrix as long as a usual step of AdamW. */
  private static double stepLength(NDArray weight, int parts) {
    long rows = weight.getShape().get(0);
    long columns = weight.getShape().get(1) / parts;
    return USUAL_STEP * Math.sqrt((double) Math.max(rows, columns));
  }

  private double gradientNorm() {
    List<Workers.Piece<Double>> pieces = new ArrayList<>();
    for (String name : weights.names()) {
      pieces.add(
          () -> (double) torch.call("square_sum", weights.get(name).getGradient()).getFloat());
    }
    return Math.sqrt(workers.all(false, pieces).stream().mapToDouble(Double::doubleValue).sum());
  }
}
