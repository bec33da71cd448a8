package dev.emend.memit.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.model.BlockTap;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads vectors at the subject's last token by running whole rows through the whole network, all
 * logits included, whatever of it is wanted.
 */
final class WholeNetwork {
  /** Rows that go through the network at once. */
  private static final int ROWS = 128;

  private final Decoder decoder;

  WholeNetwork(Decoder decoder) {
    this.decoder = decoder;
  }

  /** What the down-projection of a layer reads, d_in values a row. */
  List<float[]> keys(List<LocatedPrompt> rows, int layer) {
    return read(
        rows,
        (chosen, found) ->
            new BlockTap() {
              @Override
              public void downInput(int block, NDArray input) {
                if (block == layer) {
                  found.addAll(vectors(input, chosen));
                }
              }
            });
  }

  /** The hidden state after a layer, d values a row. */
  List<float[]> hidden(List<LocatedPrompt> rows, int layer) {
    return read(
        rows,
        (chosen, found) ->
            new BlockTap() {
              @Override
              public void output(int block, NDArray hidden) {
                if (block == layer) {
                  found.addAll(vectors(hidden, chosen));
                }
              }
            });
  }

  private interface Listener {
    BlockTap of(NDArray chosen, List<float[]> found);
  }

  private List<float[]> read(List<LocatedPrompt> rows, Listener listener) {
    List<float[]> found = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      List<LocatedPrompt> part = rows.subList(from, Math.min(rows.size(), from + ROWS));
      TokenBatch batch = new TokenBatch(part.stream().map(LocatedPrompt::ids).toList());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray chosen =
            batch.flat(
                decoder.manager(), part.stream().map(LocatedPrompt::lastSubjectToken).toList());
        Frame frame = decoder.frame(batch.length());
        NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
        int layers = decoder.config().layers();
        decoder.logits(decoder.run(hidden, 0, layers, frame, listener.of(chosen, found)));
      }
    }
    return found;
  }

  private List<float[]> vectors(NDArray all, NDArray chosen) {
    NDArray picked = decoder.ops().selectTokens(all, chosen);
    float[] flat = picked.toFloatArray();
    int rows = Math.toIntExact(picked.getShape().get(0));
    int width = flat.length / rows;
    List<float[]> vectors = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      vectors.add(Arrays.copyOfRange(flat, row * width, (row + 1) * width));
    }
    return vectors;
  }
}
