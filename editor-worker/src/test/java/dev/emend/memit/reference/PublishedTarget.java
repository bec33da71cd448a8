package dev.emend.memit.reference;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.emend.memit.HyperParameters;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.NativeArrays;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** The target of one edit: Adam on delta, every step a forward pass over whole rows. */
final class PublishedTarget {
  private final Decoder decoder;
  private final HyperParameters numbers;
  private final PublishedEdit edit;
  private final List<LocatedPrompt> rows = new ArrayList<>();
  private final int width;
  private double[] drift = new double[0];

  PublishedTarget(Decoder decoder, HyperParameters numbers, PublishedEdit edit) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.edit = edit;
    this.width = decoder.config().width();
    edit.prompts()
        .forEach(
            prompt ->
                rows.add(
                    new LocatedPrompt(
                        prompt.ids().then(edit.target().withoutLast()),
                        prompt.lastSubjectToken())));
    rows.add(edit.essence());
  }

  double[] z() {
    double[] start = start();
    double startNorm = norm(start);
    double[] delta = new double[width];
    double[] m = new double[width];
    double[] v = new double[width];
    for (int step = 1; step <= numbers.steps(); step++) {
      Evaluated now = evaluate(delta);
      double decay = numbers.weightDecay() / (startNorm * startNorm);
      double length = norm(delta);
      if (now.loss + decay * length < numbers.lossStop() || step == numbers.steps()) {
        break;
      }
      for (int i = 0; i < width; i++) {
        double g = now.gradient[i] + (length == 0 ? 0 : decay * delta[i] / length);
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mHat = m[i] / (1 - Math.pow(0.9, step));
        double vHat = v[i] / (1 - Math.pow(0.999, step));
        delta[i] -= numbers.learningRate() * mHat / (Math.sqrt(vHat) + 1e-8);
      }
      double moved = norm(delta);
      double longest = numbers.clamp() * startNorm;
      for (int i = 0; i < width && moved > longest; i++) {
        delta[i] *= longest / moved;
      }
    }
    for (int i = 0; i < width; i++) {
      start[i] += delta[i];
    }
    return start;
  }

  private double[] start() {
    LocatedPrompt plain = rows.get(0);
    return PublishedMemit.vector(
        PublishedMemit.hidden(decoder, plain.ids(), numbers.targetLayer()),
        plain.lastSubjectToken(),
        width);
  }

  /** Loss without weight decay and its gradient. */
  private static final class Evaluated {
    private final double loss;
    private final float[] gradient;

    Evaluated(double loss, float[] gradient) {
      this.loss = loss;
      this.gradient = gradient;
    }
  }

  private Evaluated evaluate(double[] delta) {
    float[] narrow = new float[width];
    for (int i = 0; i < width; i++) {
      narrow[i] = (float) delta[i];
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray leaf = NativeArrays.floats(decoder.manager(), narrow, 1, width);
      leaf.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logProbabilities = decoder.ops().logSoftmax(logits(leaf));
        NDArray loss = likelihood(logProbabilities).add(divergence(logProbabilities));
        collector.backward(loss);
        return new Evaluated(loss.getFloat(), leaf.getGradient().toFloatArray());
      }
    }
  }

  /** All logits {@code [N, T, V]} with delta added at each row's subject after layer L. */
  private NDArray logits(NDArray delta) {
    TokenBatch batch = new TokenBatch(rows.stream().map(LocatedPrompt::ids).toList());
    Frame frame = decoder.frame(batch.length());
    int above = numbers.targetLayer() + 1;
    float[] here = new float[rows.size() * batch.length()];
    for (int row = 0; row < rows.size(); row++) {
      here[row * batch.length() + rows.get(row).lastSubjectToken()] = 1;
    }
    NDArray where = NativeArrays.floats(decoder.manager(), here, rows.size(), batch.length(), 1);
    NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
    hidden = decoder.run(hidden, 0, above, frame).add(where.mul(delta.reshape(1, 1, width)));
    return decoder.logits(decoder.run(hidden, above, decoder.config().layers(), frame));
  }

  private NDArray likelihood(NDArray logProbabilities) {
    TokenIds target = edit.target();
    int templates = edit.prompts().size();
    long[] shape = logProbabilities.getShape().getShape();
    float[] weights = new float[(int) (shape[0] * shape[1] * shape[2])];
    for (int row = 0; row < templates; row++) {
      int first = edit.prompts().get(row).ids().length() - 1;
      for (int i = 0; i < target.length(); i++) {
        int at = (int) ((row * shape[1] + first + i) * shape[2] + target.at(i));
        weights[at] = -1f / (templates * target.length());
      }
    }
    return logProbabilities.mul(NativeArrays.floats(decoder.manager(), weights, shape)).sum();
  }

  private NDArray divergence(NDArray logProbabilities) {
    int row = rows.size() - 1;
    int at = rows.get(row).lastSubjectToken();
    NDArray now = logProbabilities.get(row + ", " + at);
    if (drift.length == 0) {
      drift = wide(now.toFloatArray());
    }
    float[] before = new float[drift.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = (float) drift[i];
    }
    NDArray then = NativeArrays.floats(decoder.manager(), before, before.length);
    NDArray factor = NativeArrays.scalar(decoder.manager(), numbers.klFactor());
    return now.exp().mul(now.sub(then)).sum().mul(factor);
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  static double norm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
