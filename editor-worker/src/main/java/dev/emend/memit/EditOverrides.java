package dev.emend.memit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Numbers that a caller sets in place of a model's own; what is empty stays as it is.
 *
 * @param layers edited layers, ascending
 * @param steps evaluations of the target's loss
 * @param learningRate learning rate or step length
 * @param lambda weight of the key statistics
 * @param clamp largest |delta| as a multiple of |h0|
 * @param weightDecay factor of the delta's length in the loss
 * @param templates context templates in use
 * @param method how targets are searched
 * @param mode how much work a target gets; numbers above count on top of it
 */
public record EditOverrides(
    Optional<List<Integer>> layers,
    Optional<Integer> steps,
    Optional<Double> learningRate,
    Optional<Double> lambda,
    Optional<Double> clamp,
    Optional<Double> weightDecay,
    Optional<Integer> templates,
    Optional<TargetMethod> method,
    Optional<EditMode> mode) {

  /** Nothing is overridden. */
  public static final EditOverrides NONE =
      new EditOverrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Refuses null. */
  public EditOverrides {
    Objects.requireNonNull(layers, "layers");
    Objects.requireNonNull(method, "method");
  }

  /** Nothing but a mode. */
  public static EditOverrides of(EditMode mode) {
    return of(Optional.of(mode), Optional.empty());
  }

  /** Nothing but a mode and a search. */
  public static EditOverrides of(Optional<EditMode> mode, Optional<TargetMethod> method) {
    return new EditOverrides(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        method,
        mode);
  }

  /** A model's numbers in the mode that is set, then with the numbers that are. */
  public HyperParameters over(HyperParameters given, HyperParameters family) {
    return over(mode.map(set -> set.of(given, family)).orElse(given));
  }

  /** The numbers with what is set here, whatever the mode. */
  public HyperParameters over(HyperParameters base) {
    return new HyperParameters(
        layers.orElse(base.layers()),
        steps.orElse(base.steps()),
        learningRate.orElse(base.learningRate()),
        lambda.orElse(base.lambda()),
        clamp.orElse(base.clamp()),
        weightDecay.orElse(base.weightDecay()),
        base.klFactor(),
        base.lossStop(),
        templates.orElse(base.templates()),
        method.orElse(base.method()));
  }
}
