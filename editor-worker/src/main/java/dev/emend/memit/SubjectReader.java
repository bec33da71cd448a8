package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.model.CommonStarts;
import dev.emend.model.Decoder;
import dev.emend.model.MicroBatches;
import dev.emend.model.RowsState;
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
  private final List<Part> parts;
  private final int rows;
  private int layer;

  /** Some of the rows, which begin alike, and their state before the reader's block. */
  private static final class Part {
    private final List<Integer> origin;
    private final List<Integer> subjects;
    private final NDManager manager;
    private RowsState state;

    Part(List<Integer> origin, List<Integer> subjects, NDManager manager, RowsState state) {
      this.origin = origin;
      this.subjects = subjects;
      this.manager = manager;
      this.state = state;
    }
  }

  private SubjectReader(List<Part> parts, int rows) {
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
    // At least the subject's last token is a row's own.
    List<Integer> limits = cut.stream().map(row -> row.length() - 1).toList();
    MicroBatches batches = new MicroBatches(tokensPerPass, decoder.config().positions());
    for (CommonStarts.Cluster cluster : CommonStarts.of(cut, limits)) {
      List<TokenIds> own = cluster.rows().stream().map(cut::get).toList();
      batches.forEach(
          own,
          (indices, batch) ->
              parts.add(
                  embedded(
                      decoder,
                      indices.stream().map(cluster.rows()::get).toList(),
                      batch.rows(),
                      cluster.shared())));
    }
    return new SubjectReader(parts, rows.size());
  }

  private static Part embedded(
      Decoder decoder, List<Integer> origin, List<TokenIds> rows, int shared) {
    NDManager manager = decoder.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<Integer> subjects = rows.stream().map(row -> row.length() - 1).toList();
      RowsState state = RowsState.embedded(decoder, rows, shared);
      keep(manager, state);
      return new Part(origin, subjects, manager, state);
    }
  }

  /** Moves a state out of the innermost scope into one that lives on. */
  private static void keep(NDManager manager, RowsState state) {
    for (NDArray array : state.arrays()) {
      NDScope.unregister(array);
      array.attach(manager);
    }
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
        RowsState before = part.state;
        part.state = before.run(layer, target);
        keep(part.manager, part.state);
        before.arrays().close();
      }
    }
    layer = target;
  }

  /** The keys of the block that the reader stands before: one vector of d_in values a row. */
  float[][] keys() {
    return read(part -> part.state.downInputAt(layer, part.subjects));
  }

  /** Hidden states after block {@code last}, without moving: one vector of d values a row. */
  float[][] hiddenAfter(int last) {
    return read(part -> part.state.run(layer, last).blockAt(last, part.subjects));
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
