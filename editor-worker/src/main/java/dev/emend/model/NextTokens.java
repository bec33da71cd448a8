package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.token.TokenIds;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The likeliest tokens to follow a prompt.
 *
 * @param ranked likeliest first; of equally likely ones the lower id
 */
public record NextTokens(List<Guess> ranked) {
  /** Copies the list. */
  public NextTokens {
    ranked = List.copyOf(ranked);
  }

  /**
   * One token and its probability after the prompt.
   *
   * @param token its id
   * @param probability between 0 and 1
   */
  public record Guess(int token, double probability) {}

  /** Asks a decoder for its {@code count} likeliest tokens. One thread at a time. */
  public static NextTokens after(TokenIds prompt, Decoder decoder, int count) {
    float[] logits = logits(prompt, decoder);
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    double sum =
        IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - max)).sum();
    return new NextTokens(
        IntStream.range(0, logits.length)
            .mapToObj(id -> new Guess(id, Math.exp(logits[id] - max) / sum))
            .sorted(Comparator.comparingDouble(Guess::probability).reversed())
            .limit(count)
            .toList());
  }

  private static float[] logits(TokenIds prompt, Decoder decoder) {
    TokenBatch batch = TokenBatch.of(prompt);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(batch.length());
      NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
      hidden = decoder.run(hidden, 0, decoder.config().layers(), frame);
      NDArray last = batch.flat(decoder.manager(), List.of(prompt.length() - 1));
      return decoder.logitsAt(hidden, last).toFloatArray();
    }
  }
}
