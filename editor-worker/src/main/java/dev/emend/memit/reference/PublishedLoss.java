package dev.emend.memit.reference;

import ai.djl.ndarray.NDArray;
import dev.emend.ledger.FloatVector;
import dev.emend.memit.HyperParameters;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.GradientTape;
import dev.emend.model.NativeArrays;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import java.util.List;

/**
 * The loss of one edit as a function of delta: all rows through the whole network, delta added to
 * the hidden state after layer L at each row's subject, logits of the whole vocabulary at every
 * position.
 */
final class PublishedLoss {
  private final Decoder decoder;
  private final HyperParameters numbers;
  private final PublishedEdit edit;
  private final List<LocatedPrompt> rows;
  private final TokenBatch batch;
  private float[] start = new float[0];
  private float[] before = new float[0];

  PublishedLoss(Decoder decoder, HyperParameters numbers, PublishedEdit edit) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.edit = edit;
    this.rows = edit.rows();
    this.batch = new TokenBatch(rows.stream().map(LocatedPrompt::ids).toList());
  }

  /**
   * The loss without weight decay.
   *
   * @param gradient by delta
   */
  record Value(double loss, FloatVector gradient) {}

  /** h0: the hidden state at the subject of the plain row, d values; known after one evaluation. */
  float[] start() {
    return start.clone();
  }

  Value at(float[] delta, GradientTape tape) {
    NDArray leaf = NativeArrays.floats(decoder.manager(), delta, 1, delta.length);
    leaf.setRequiresGradient(true);
    NDArray logits = logits(leaf);
    NDArray loss = likelihood(logits).add(drift(logits));
    tape.backward(loss);
    return new Value(loss.getFloat(), FloatVector.of(leaf.getGradient().toFloatArray()));
  }

  private NDArray logits(NDArray delta) {
    Frame frame = decoder.frame(batch.length());
    int above = numbers.targetLayer() + 1;
    NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
    hidden = decoder.run(hidden, 0, above, frame);
    if (start.length == 0) {
      start = token(hidden, 0).toFloatArray();
    }
    NDArray added = hidden.add(subjects().mul(delta.reshape(1, 1, -1)));
    return decoder.logits(decoder.run(added, above, decoder.config().layers(), frame));
  }

  /** 1 at each row's subject, else 0: {@code [rows, T, 1]}. */
  private NDArray subjects() {
    float[] here = new float[rows.size() * batch.length()];
    for (int row = 0; row < rows.size(); row++) {
      here[row * batch.length() + rows.get(row).lastSubjectToken()] = 1;
    }
    return NativeArrays.floats(decoder.manager(), here, rows.size(), batch.length(), 1);
  }

  /** What is read at the subject of a row, a vector. */
  private NDArray token(NDArray values, int row) {
    long at = batch.flat(row, rows.get(row).lastSubjectToken());
    NDArray index = NativeArrays.longs(decoder.manager(), new long[] {at}, 1);
    return decoder.ops().selectTokens(values, index).squeeze(0);
  }

  private NDArray likelihood(NDArray logits) {
    int length = batch.length();
    int templates = edit.prompts().size();
    long[] targets = new long[rows.size() * length];
    float[] weights = new float[targets.length];
    for (int row = 0; row < templates; row++) {
      int first = row * length + edit.prompts().get(row).ids().length() - 1;
      for (int i = 0; i < edit.target().length(); i++) {
        targets[first + i] = edit.target().at(i);
        weights[first + i] = -1f / (templates * edit.target().length());
      }
    }
    NDArray logProbabilities =
        decoder
            .ops()
            .logProbability(
                logits, NativeArrays.longs(decoder.manager(), targets, rows.size(), length));
    return logProbabilities
        .mul(NativeArrays.floats(decoder.manager(), weights, rows.size(), length))
        .sum();
  }

  /** kl * KL(p_new || p_old) at the subject of the essence. */
  private NDArray drift(NDArray logits) {
    NDArray now = decoder.ops().logSoftmax(token(logits, rows.size() - 1));
    if (before.length == 0) {
      before = now.toFloatArray();
    }
    NDArray then = NativeArrays.floats(decoder.manager(), before, before.length);
    NDArray factor = NativeArrays.scalar(decoder.manager(), numbers.klFactor());
    return decoder.ops().divergence(now, then).mul(factor);
  }
}
