package dev.emend.memit.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.model.BlockTap;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** One row through the whole model: all logits and all hidden states, the last one normalised. */
final class WholeReading {
  private final float[] logits;
  private final float[] hidden;

  private WholeReading(float[] logits, float[] hidden) {
    this.logits = logits;
    this.hidden = hidden;
  }

  static WholeReading of(Decoder decoder, TokenIds ids) {
    ByteArrayOutputStream states = new ByteArrayOutputStream();
    int last = decoder.config().layers() - 1;
    BlockTap tap =
        new BlockTap() {
          @Override
          public void output(int layer, NDArray state) {
            append(states, layer == last ? decoder.normalise(state) : state);
          }
        };
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(ids.length());
      NDArray h = decoder.embed(TokenBatch.of(ids).ids(decoder.manager()), frame);
      append(states, h);
      NDArray out = decoder.run(h, 0, decoder.config().layers(), frame, tap);
      float[] hidden = new float[states.size() / Float.BYTES];
      ByteBuffer.wrap(states.toByteArray()).asFloatBuffer().get(hidden);
      return new WholeReading(decoder.logits(out).toFloatArray(), hidden);
    }
  }

  private static void append(ByteArrayOutputStream into, NDArray state) {
    for (float value : state.toFloatArray()) {
      into.writeBytes(ByteBuffer.allocate(Float.BYTES).putFloat(value).array());
    }
  }

  float[] logits() {
    return logits.clone();
  }

  float[] hidden() {
    return hidden.clone();
  }
}
