package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Greedy continuation of prompts. Each step reads only the newest token of each row; what was read
 * before is kept as keys and values. One thread at a time.
 */
public final class Generator {
  private final Decoder decoder;
  private final MicroBatches batches;

  /** Generates with a decoder, reading at most that many tokens at once. */
  public Generator(Decoder decoder, MicroBatches batches) {
    this.decoder = decoder;
    this.batches = batches;
  }

  /** The likeliest next token of each prompt. */
  public TokenIds next(List<TokenIds> prompts) {
    int[] next = new int[prompts.size()];
    batches.forEach(
        prompts,
        (indices, batch) -> {
          TokenIds ids = nextOf(batch);
          for (int row = 0; row < indices.size(); row++) {
            next[indices.get(row)] = ids.at(row);
          }
        });
    return TokenIds.of(next);
  }

  /**
   * Continues each prompt until an end token, which is not part of the result, or the limit.
   *
   * @param limit greatest number of tokens to add
   */
  public List<TokenIds> continuations(List<TokenIds> prompts, int limit) {
    List<TokenIds> results = new ArrayList<>(Collections.nCopies(prompts.size(), TokenIds.of()));
    batches.forEach(
        prompts,
        (indices, batch) -> {
          List<TokenIds> continued = continuationsOf(batch, limit);
          for (int row = 0; row < indices.size(); row++) {
            results.set(indices.get(row), continued.get(row));
          }
        });
    return List.copyOf(results);
  }

  private TokenIds nextOf(TokenBatch batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(batch.length());
      NDArray h = decoder.embed(batch.ids(decoder.manager()), frame);
      h = decoder.run(h, 0, decoder.config().layers(), frame);
      List<Integer> lasts = batch.rows().stream().map(row -> row.length() - 1).toList();
      NDArray logits = decoder.logitsAt(h, batch.flat(decoder.manager(), lasts));
      return TokenIds.of(decoder.ops().argmax(logits).toLongArray());
    }
  }

  private List<TokenIds> continuationsOf(TokenBatch batch, int limit) {
    int room = decoder.config().positions() - batch.length() + 1;
    try (GenerationState state = new GenerationState(decoder, batch)) {
      int steps = Math.min(limit, room);
      for (int step = 0; step < steps && !state.finished(); step++) {
        state.advance();
      }
      return state.continuations();
    }
  }
}
