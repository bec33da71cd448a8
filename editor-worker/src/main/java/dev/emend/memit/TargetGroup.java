package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.model.Decoder;
import dev.emend.model.GradientTape;
import dev.emend.model.LossScale;
import dev.emend.model.NativeArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One micro-batch of facts whose targets are searched together. Facts do not influence each other:
 * their losses are summed, so the gradient of the sum at one fact's delta is that of its own loss.
 * One thread.
 */
final class TargetGroup implements AutoCloseable {
  private final Decoder decoder;
  private final HyperParameters numbers;
  private final List<EditTokens> facts;
  private final TargetRows rows;
  private final List<TargetSearch> searches;
  private final LossScale scale;
  private final GradientScale gradientScale;

  private TargetGroup(
      Decoder decoder,
      HyperParameters numbers,
      List<EditTokens> facts,
      TargetRows rows,
      List<TargetSearch> searches,
      LossScale scale,
      GradientScale gradientScale) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.facts = facts;
    this.rows = rows;
    this.searches = searches;
    this.scale = scale;
    this.gradientScale = gradientScale;
  }

  /** Reads the facts' rows once and begins a search for each. */
  static TargetGroup of(
      Decoder decoder,
      HyperParameters numbers,
      List<EditTokens> facts,
      GradientScale gradientScale) {
    TargetRows rows = TargetRows.read(decoder, numbers, facts);
    List<TargetSearch> searches =
        rows.starts().stream().map(start -> TargetSearch.start(numbers, start)).toList();
    return new TargetGroup(
        decoder, numbers, facts, rows, searches, LossScale.of(decoder.precision()), gradientScale);
  }

  /** A group of only those facts that still search; this one is closed. */
  TargetGroup withoutFinished() {
    List<Integer> kept =
        IntStream.range(0, facts.size()).filter(i -> !searches.get(i).done()).boxed().toList();
    List<EditTokens> left = kept.stream().map(facts::get).toList();
    TargetGroup smaller =
        new TargetGroup(
            decoder,
            numbers,
            left,
            rows.only(kept),
            kept.stream().map(searches::get).toList(),
            scale,
            gradientScale);
    close();
    return smaller;
  }

  /** Whether a search still goes on. */
  boolean running() {
    return searches.stream().anyMatch(search -> !search.done());
  }

  /** Share of the facts that still search. */
  double share() {
    return (double) searches.stream().filter(search -> !search.done()).count() / searches.size();
  }

  /** The facts' searches, in order. */
  List<TargetSearch> searches() {
    return searches;
  }

  /** One evaluation of every fact that still searches, and its move. */
  void step() {
    if (!wantsGradients()) {
      evaluateForward();
      return;
    }
    boolean evaluated = false;
    while (!evaluated) {
      evaluated = evaluate();
    }
  }

  private boolean wantsGradients() {
    return searches.stream().anyMatch(search -> !search.done() && search.wantsGradient());
  }

  /** Losses alone: a fraction of the work and memory of an evaluation with gradients. */
  private void evaluateForward() {
    int width = decoder.config().width();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray delta = NativeArrays.floats(decoder.manager(), deltas(), searches.size(), width);
      move(rows.losses(rows.read(delta)), new float[0]);
    }
  }

  /** False if the gradient has left the range of the model's precision and must be read again. */
  private boolean evaluate() {
    int width = decoder.config().width();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray delta = NativeArrays.floats(decoder.manager(), deltas(), searches.size(), width);
      delta.setRequiresGradient(true);
      try (GradientTape tape = GradientTape.open()) {
        TargetRows.Reading reading = rows.read(delta);
        NDArray factor = NativeArrays.scalar(decoder.manager(), scale.value());
        tape.backward(reading.total().mul(factor));
        float[] gradient = delta.getGradient().toFloatArray();
        boolean accepted = scale.accepts(gradient);
        if (accepted) {
          if (numbers.method() == TargetMethod.ONE_STEP) {
            gradientScale.scale(gradient);
          }
          move(rows.losses(reading), gradient);
        }
        return accepted;
      }
    }
  }

  private void move(double[] losses, float[] gradient) {
    int width = decoder.config().width();
    for (int i = 0; i < losses.length; i++) {
      TargetSearch search = searches.get(i);
      if (!search.done()) {
        float[] own =
            gradient.length == 0
                ? gradient
                : Arrays.copyOfRange(gradient, i * width, (i + 1) * width);
        search.evaluated(losses[i], own);
      }
    }
  }

  private float[] deltas() {
    int width = decoder.config().width();
    float[] all = new float[searches.size() * width];
    for (int i = 0; i < searches.size(); i++) {
      System.arraycopy(searches.get(i).delta(), 0, all, i * width, width);
    }
    return all;
  }

  @Override
  public void close() {
    rows.close();
  }
}
