package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditMode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.FamilyDefaults;
import dev.emend.memit.TargetMethod;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The method's numbers in place of those of the model. */
final class EditOptions {
  private static final int ANY_DEPTH = 12;

  @Option(
      names = "--layers",
      paramLabel = "L,...",
      split = ",",
      description = "Edited layers, ascending (default: those of the model's family).")
  private List<Integer> layers = List.of();

  @Option(names = "--lambda", paramLabel = "X", description = "Weight of the key statistics.")
  private Optional<Double> lambda = Optional.empty();

  @Option(
      names = "--clamp",
      paramLabel = "X",
      description = "Largest change of the hidden state, as a multiple of its length.")
  private Optional<Double> clamp = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Evaluations of a target's loss.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--lr", paramLabel = "X", description = "Learning rate, or length of a step.")
  private Optional<Double> learningRate = Optional.empty();

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Factor of the change's length in the loss.")
  private Optional<Double> weightDecay = Optional.empty();

  @Option(names = "--templates", paramLabel = "N", description = "Context templates in use.")
  private Optional<Integer> templates = Optional.empty();

  @Option(
      names = "--search",
      paramLabel = "NAME",
      description = "How targets are searched: ${COMPLETION-CANDIDATES}.")
  private Optional<TargetMethod> method = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "Work for a target: ${COMPLETION-CANDIDATES} (default: the model's own numbers).")
  private Optional<EditMode> mode = Optional.empty();

  /** What was given; refuses numbers that no model can be edited with. */
  EditOverrides overrides() {
    EditOverrides given = given();
    try {
      // Tried out on any numbers: what is wrong with them is wrong for every model.
      given.over(FamilyDefaults.of("gpt2", ANY_DEPTH));
      return given;
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable numbers: " + e.getMessage(), e);
    }
  }

  private EditOverrides given() {
    return new EditOverrides(
        Optional.of(layers).filter(given -> !given.isEmpty()),
        steps,
        learningRate,
        lambda,
        clamp,
        weightDecay,
        templates,
        method,
        mode);
  }
}
