package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.MicroBatches;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads keys and hidden states at the subject's last token by the shortest possible forward pass:
 * rows are cut after that token, blocks run once, and a reader stands before one block at a time
 * and only moves up. So weights below the reader must not change any more, weights above may.
 *
 * <p>Holds the hidden states of all rows in native memory until {@link #close()}; one thread.
 */
final class SubjectReader implements AutoCloseable {
  private final Decoder decoder;
  private final List<Part> parts;
  private final int rows;
  private int layer;

  /** Some of the rows, of similar length, and their hidden state before the reader's block. */
  private static final class Part {
    private final List<Integer> origin;
    private final TokenBatch batch;
    private final NDManager manager;
    private NDArray hidden;

    Part(List<Integer> origin, TokenBatch batch, NDManager manager, NDArray hidden) {
      this.origin = origin;
      this.batch = batch;
      this.manager = manager;
      this.hidden = hidden;
    }

    /** Rows are cut after the subject, so it stands at their ends. */
    NDArray subjects(NDManager into) {
      return batch.flat(into, batch.rows().stream().map(row -> row.length() - 1).toList());
    }
  }

  private SubjectReader(Decoder decoder, List<Part> parts, int rows) {
    this.decoder = decoder;
    this.parts = parts;
    this.rows = rows;
  }

  /**
   * A reader before block 0.
   *
   * @param tokensPerPass largest number of tokens that run through a block at once
   */
  static SubjectReader of(Decoder decoder, List<LocatedPrompt> rows, int tokensPerPass) {
    List<Part> parts = new ArrayList<>();
    List<TokenIds> cut = rows.stream().map(row -> EditTokens.upToSubject(row).ids()).toList();
    new MicroBatches(tokensPerPass, decoder.config().positions())
        .forEach(cut, (origin, batch) -> parts.add(embedded(decoder, origin, batch)));
    return new SubjectReader(decoder, parts, rows.size());
  }

  private static Part embedded(Decoder decoder, List<Integer> origin, TokenBatch batch) {
    NDManager manager = decoder.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(batch.length());
      NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
      return new Part(List.copyOf(origin), batch, manager, keep(manager, hidden));
    }
  }

  /** Moves an array out of the innermost scope into one that lives on. */
  private static NDArray keep(NDManager manager, NDArray array) {
    NDScope.unregister(array);
    array.attach(manager);
    return array;
  }

  /** Moves up to stand before block {@code target}, which must not lie below. */
  void advanceTo(int target) {
    if (target < layer) {
      throw new IllegalArgumentException("a reader moves up only: " + layer + " to " + target);
    }
    if (target == layer) {
      return;
    }
    for (Part part : parts) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Frame frame = decoder.frame(part.batch.length());
        NDArray next = decoder.run(part.hidden, layer, target, frame);
        part.hidden.close();
        part.hidden = keep(part.manager, next);
      }
    }
    layer = target;
  }

  /** The keys of the block that the reader stands before: one vector of d_in values a row. */
  float[][] keys() {
    return read(
        part ->
            decoder.downInput(
                layer,
                part.hidden,
                decoder.frame(part.batch.length()),
                part.subjects(decoder.manager())));
  }

  /** Hidden states after block {@code last}, without moving: one vector of d values a row. */
  float[][] hiddenAfter(int last) {
    return read(
        part -> {
          Frame frame = decoder.frame(part.batch.length());
          NDArray after = decoder.run(part.hidden, layer, last + 1, frame);
          return decoder.ops().selectTokens(after, part.subjects(decoder.manager()));
        });
  }

  /** Reads {@code [N, width]} of one part. */
  private interface PartRead {
    NDArray of(Part part);
  }

  private float[][] read(PartRead what) {
    float[][] vectors = new float[rows][];
    for (Part part : parts) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] flat = what.of(part).toFloatArray();
        int width = flat.length / part.origin.size();
        for (int i = 0; i < part.origin.size(); i++) {
          vectors[part.origin.get(i)] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    parts.forEach(part -> part.manager.close());
  }
}
