package dev.emend.memit;

import java.util.List;
import java.util.Objects;

/**
 * The numbers of the method, in the paper's terms.
 *
 * @param layers edited layers, ascending; the last one is L, where the target is searched
 * @param steps evaluations of the target's loss, the last of which moves nothing
 * @param learningRate of Adam; with {@link TargetMethod#NORMALISED} the length of one step as a
 *     share of |h0|
 * @param lambda weight of the key statistics, {@code A = lambda C + K K^T}
 * @param clamp largest |delta| as a multiple of |h0|
 * @param weightDecay factor of {@code |delta| / |h0|^2} in the loss
 * @param klFactor factor of {@code KL(new || old)} at the subject in the loss
 * @param lossStop a fact whose loss is below leaves the optimisation
 * @param templates context templates in use for targets and keys, the plain one included
 * @param method how targets are searched
 */
public record HyperParameters(
    List<Integer> layers,
    int steps,
    double learningRate,
    double lambda,
    double clamp,
    double weightDecay,
    double klFactor,
    double lossStop,
    int templates,
    TargetMethod method) {

  /** The published loss below which a target counts as found. */
  public static final double LOSS_STOP = 0.05;

  /** The published number of templates: the plain one and five sampled ones. */
  public static final int TEMPLATES = 6;

  private static final double KL_FACTOR = 0.0625;

  /** Refuses layers that do not ascend and numbers out of range. */
  public HyperParameters {
    layers = List.copyOf(layers);
    Objects.requireNonNull(method, "method");
    if (layers.isEmpty() || layers.get(0) < 0) {
      throw new IllegalArgumentException("layers must name at least one block, not " + layers);
    }
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i) <= layers.get(i - 1)) {
        throw new IllegalArgumentException("layers must ascend: " + layers);
      }
    }
    if (steps < 1 || templates < 1) {
      throw new IllegalArgumentException("steps and templates must be at least 1");
    }
    requirePositive(learningRate, "learning rate");
    requirePositive(lambda, "lambda");
    requirePositive(clamp, "clamp");
    requireNotNegative(weightDecay, "weight decay");
    requireNotNegative(klFactor, "KL factor");
    requireNotNegative(lossStop, "loss stop");
  }

  /** The published recipe with the numbers that differ between model families. */
  public static HyperParameters published(
      List<Integer> layers,
      int steps,
      double lambda,
      double learningRate,
      double clamp,
      double weightDecay) {
    return new HyperParameters(
        layers,
        steps,
        learningRate,
        lambda,
        clamp,
        weightDecay,
        KL_FACTOR,
        LOSS_STOP,
        TEMPLATES,
        TargetMethod.ADAM_EXACT);
  }

  /** The same numbers with another divergence factor and stop. */
  HyperParameters withLoss(double newKlFactor, double newLossStop) {
    return new HyperParameters(
        layers,
        steps,
        learningRate,
        lambda,
        clamp,
        weightDecay,
        newKlFactor,
        newLossStop,
        templates,
        method);
  }

  /** The same numbers on other layers. */
  public HyperParameters onLayers(List<Integer> newLayers) {
    return new HyperParameters(
        newLayers,
        steps,
        learningRate,
        lambda,
        clamp,
        weightDecay,
        klFactor,
        lossStop,
        templates,
        method);
  }

  /** The same numbers with another weight of the statistics. */
  public HyperParameters withLambda(double newLambda) {
    return new HyperParameters(
        layers,
        steps,
        learningRate,
        newLambda,
        clamp,
        weightDecay,
        klFactor,
        lossStop,
        templates,
        method);
  }

  /** The same numbers with another step length and bound of the search. */
  public HyperParameters withSearch(double newLearningRate, double newClamp) {
    return new HyperParameters(
        layers,
        steps,
        newLearningRate,
        lambda,
        newClamp,
        weightDecay,
        klFactor,
        lossStop,
        templates,
        method);
  }

  /** L: the layer at which the target is searched. */
  public int targetLayer() {
    return layers.get(layers.size() - 1);
  }

  private static void requirePositive(double value, String name) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be above 0, not " + value);
    }
  }

  private static void requireNotNegative(double value, String name) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be at least 0, not " + value);
    }
  }
}
