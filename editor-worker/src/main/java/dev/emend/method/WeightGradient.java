package dev.emend.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.model.Continuation;
import dev.emend.model.Decoder;
import dev.emend.model.DownProjection;
import dev.emend.model.Frame;
import dev.emend.model.GradientTape;
import dev.emend.model.MicroBatches;
import dev.emend.model.NativeArrays;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of the mean of {@code -log p(token)} over the objects of some facts with respect to
 * some down-projections. One thread.
 */
final class WeightGradient {
  private final Decoder decoder;
  private final List<NDArray> weights;
  private final List<Continuation> rows;
  private final MicroBatches batches;

  WeightGradient(
      Decoder decoder,
      List<DownProjection> projections,
      List<Continuation> rows,
      int tokensPerPass) {
    this.decoder = decoder;
    this.rows = rows;
    this.batches = new MicroBatches(tokensPerPass, decoder.config().positions());
    this.weights = projections.stream().map(p -> decoder.weights().get(p.name())).toList();
  }

  /**
   * The loss at the weights as they stand, and its gradients.
   *
   * @param gradients a weight each, in stored order
   */
  record Reading(double loss, List<float[]> gradients) {
    Reading {
      gradients = List.copyOf(gradients);
    }
  }

  /** Computes both; gradients are recorded for the weights only meanwhile. */
  Reading read() {
    weights.forEach(weight -> weight.setRequiresGradient(true));
    try {
      double[] loss = new double[1];
      List<TokenIds> inputs =
          rows.stream().map(row -> row.prompt().then(row.target().withoutLast())).toList();
      batches.forEach(inputs, (where, batch) -> loss[0] += backward(where, batch));
      return new Reading(loss[0], weights.stream().map(WeightGradient::taken).toList());
    } finally {
      weights.forEach(weight -> weight.setRequiresGradient(false));
    }
  }

  /** The gradient added up by the batches, which is cleared for the next reading. */
  private static float[] taken(NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      float[] values = gradient.toFloatArray();
      gradient.subi(gradient);
      return values;
    }
  }

  private double backward(List<Integer> where, TokenBatch batch) {
    List<Long> positions = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    List<Float> shares = new ArrayList<>();
    for (int row = 0; row < where.size(); row++) {
      Continuation asked = rows.get(where.get(row));
      int length = asked.target().length();
      for (int i = 0; i < length; i++) {
        positions.add(batch.flat(row, asked.prompt().length() - 1 + i));
        targets.add((long) asked.target().at(i));
        shares.add(-1f / (length * rows.size()));
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientTape tape = GradientTape.open()) {
        Frame frame = decoder.frame(batch.length());
        NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
        hidden = decoder.run(hidden, 0, decoder.config().layers(), frame);
        NDArray logits = decoder.logitsAt(hidden, longs(positions));
        NDArray found = decoder.ops().logProbability(logits, longs(targets));
        NDArray loss = found.mul(floats(shares)).sum();
        tape.backward(loss);
        return loss.getFloat();
      }
    }
  }

  private NDArray longs(List<Long> values) {
    long[] plain = values.stream().mapToLong(Long::longValue).toArray();
    return NativeArrays.longs(decoder.manager(), plain, plain.length);
  }

  private NDArray floats(List<Float> values) {
    float[] plain = new float[values.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = values.get(i);
    }
    return NativeArrays.floats(decoder.manager(), plain, plain.length);
  }
}
