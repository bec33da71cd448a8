package dev.emend.memit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emend.model.Precision;
import java.util.List;
import java.util.Objects;

/**
 * How an editor makes its updates, as a version or a report states it: with the same model, facts
 * and statistics the same recipe gives the same weights. The names are those of its JSON form.
 *
 * @param mode how much work a target gets
 * @param search how targets are searched
 * @param precision number format of the matrices that are not edited
 * @param layers edited layers, ascending
 * @param steps evaluations of a target's loss
 * @param learningRate learning rate, or length of a step
 * @param lambda weight of the key statistics
 * @param clamp largest |delta| as a multiple of |h0|
 * @param weightDecay factor of the delta's length in the loss
 * @param templates context templates in use
 * @param joint whether facts of one subject share a target
 */
public record EditRecipe(
    EditMode mode,
    TargetMethod search,
    Precision precision,
    List<Integer> layers,
    int steps,
    @JsonProperty("learning_rate") double learningRate,
    double lambda,
    double clamp,
    @JsonProperty("weight_decay") double weightDecay,
    int templates,
    boolean joint) {

  /** Copies the layers. */
  public EditRecipe {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(precision, "precision");
    layers = List.copyOf(layers);
  }

  /** What settings amount to on a model of a precision. */
  static EditRecipe of(EditorSettings settings, Precision precision) {
    HyperParameters numbers = settings.numbers();
    return new EditRecipe(
        EditMode.of(numbers.method()),
        numbers.method(),
        precision,
        numbers.layers(),
        numbers.steps(),
        numbers.learningRate(),
        numbers.lambda(),
        numbers.clamp(),
        numbers.weightDecay(),
        numbers.templates(),
        settings.joint());
  }
}
