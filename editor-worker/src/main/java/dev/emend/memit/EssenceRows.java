package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.emend.model.Decoder;
import dev.emend.model.NativeArrays;
import dev.emend.model.SuffixReplay;
import dev.emend.token.LocatedPrompt;
import java.util.List;

/**
 * The essence row of each fact, {@code "{subject} is a"} up to its subject, and what the decoder
 * said there before any delta: how far a delta moves what the subject is. Owns native memory until
 * {@link #close()}; one thread.
 */
final class EssenceRows implements AutoCloseable {
  private final Decoder decoder;
  private final int facts;
  private final SuffixReplay replay;
  private final float[] before;

  private EssenceRows(Decoder decoder, int facts, SuffixReplay replay, float[] before) {
    this.decoder = decoder;
    this.facts = facts;
    this.replay = replay;
    this.before = before;
  }

  static EssenceRows read(Decoder decoder, int layer, List<EditTokens> facts) {
    List<LocatedPrompt> subjects =
        facts.stream().map(fact -> EditTokens.upToSubject(fact.essence())).toList();
    SuffixReplay replay = TargetRows.replay(decoder, layer, subjects, 1);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray nothing = decoder.manager().zeros(new Shape(facts.size(), decoder.config().width()));
      float[] before = logarithms(decoder, replay, nothing).toFloatArray();
      return new EssenceRows(decoder, facts.size(), replay, before);
    }
  }

  /** Some of the rows, by index. */
  EssenceRows only(List<Integer> kept) {
    int vocabulary = decoder.config().vocabulary();
    float[] left = new float[kept.size() * vocabulary];
    for (int i = 0; i < kept.size(); i++) {
      System.arraycopy(before, kept.get(i) * vocabulary, left, i * vocabulary, vocabulary);
    }
    return new EssenceRows(decoder, kept.size(), replay.only(kept), left);
  }

  /** {@code KL(p_new || p_old)} of each fact with {@code delta [E, d]} added. */
  NDArray drift(NDArray delta) {
    NDArray old =
        NativeArrays.floats(decoder.manager(), before, facts, decoder.config().vocabulary());
    return decoder.ops().divergence(logarithms(decoder, replay, delta), old);
  }

  private static NDArray logarithms(Decoder decoder, SuffixReplay replay, NDArray delta) {
    NDArray hidden = replay.replay(replay.shifted(delta));
    return decoder.ops().logSoftmax(decoder.logits(hidden.squeeze(1)));
  }

  @Override
  public void close() {
    replay.close();
  }
}
