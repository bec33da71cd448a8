package dev.emend.model;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memory.MemoryBudget;
import dev.emend.memory.MemoryNeed;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts rows into batches of similar length whose padded size stays below a limit, so that memory
 * does not depend on how many rows there are.
 *
 * @param tokensAtOnce greatest number of tokens, padding included, of a batch of several rows
 * @param longestRow greatest length of a row that the model can read
 */
public record MicroBatches(int tokensAtOnce, int longestRow) {
  private static final int DEFAULT_TOKENS = 2048;
  private static final int SMALLEST_TOKENS = 64;

  /** One token in that many is scored, at most: prompts are longer than what continues them. */
  private static final int SCORED_SHARE = 3;

  /** Checks the limits. */
  public MicroBatches {
    if (tokensAtOnce < 1 || longestRow < 1) {
      throw new IllegalArgumentException(tokensAtOnce + " tokens, rows of " + longestRow);
    }
  }

  /** Batches for a model, small enough to stay in a processor's caches. */
  public static MicroBatches of(ModelConfig config) {
    return new MicroBatches(DEFAULT_TOKENS, config.positions());
  }

  /** The same, but smaller where that much memory is not left. */
  static MicroBatches within(PassMemory pass, MemoryBudget budget) {
    int tokens = DEFAULT_TOKENS;
    while (tokens > SMALLEST_TOKENS
        && !budget.fits(
            MemoryNeed.NONE.and("pass", tokens * (pass.block() + pass.logits() / SCORED_SHARE)))) {
      tokens /= 2;
    }
    return new MicroBatches(tokens, pass.config().positions());
  }

  /** Receives one batch. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works on a batch.
     *
     * @param indices where its rows stand in the whole list
     */
    void on(List<Integer> indices, TokenBatch batch);
  }

  /** Hands all rows to {@code work}, the longest first. */
  public void forEach(List<TokenIds> rows, Work work) {
    rows.forEach(this::requireReadable);
    List<Integer> order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparing(index -> -rows.get(index).length()))
            .toList();
    int from = 0;
    while (from < order.size()) {
      int length = rows.get(order.get(from)).length();
      int count = Math.max(1, tokensAtOnce / length);
      List<Integer> indices = order.subList(from, Math.min(order.size(), from + count));
      List<TokenIds> batch = new ArrayList<>();
      indices.forEach(index -> batch.add(rows.get(index)));
      work.on(indices, new TokenBatch(batch));
      from += indices.size();
    }
  }

  private void requireReadable(TokenIds row) {
    if (row.isEmpty() || row.length() > longestRow) {
      throw new Fault(
          FaultCode.TEXT_LENGTH,
          "a text of " + row.length() + " tokens; the model reads 1 to " + longestRow);
    }
  }
}
