package dev.emend.memit;

import ai.djl.ndarray.NDScope;
import dev.emend.model.Decoder;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Samples context templates from the model itself, as the reference does, but with a seed: short
 * continuations of five common sentence beginnings, each followed by ". {}".
 */
public final class TemplateSampler {
  private static final List<String> BEGINNINGS = List.of("The", "Therefore", "Because", "I", "You");
  private static final int TOKENS = 10;
  private static final int LIKELIEST = 40;

  private final Decoder decoder;
  private final Tokenizer tokenizer;
  private final Random random;

  private TemplateSampler(Decoder decoder, Tokenizer tokenizer, long seed) {
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.random = new Random(seed);
  }

  /** The plain template and five sampled ones; the same seed gives the same. */
  public static ContextTemplates sample(Decoder decoder, Tokenizer tokenizer, long seed) {
    TemplateSampler sampler = new TemplateSampler(decoder, tokenizer, seed);
    List<String> texts = new ArrayList<>();
    texts.add(ContextTemplates.PLACE);
    BEGINNINGS.forEach(beginning -> texts.add(sampler.template(beginning)));
    return new ContextTemplates(texts);
  }

  private String template(String beginning) {
    TokenIds row = tokenizer.encode(beginning).ids();
    for (int i = 0; i < TOKENS; i++) {
      int next = draw(next(row));
      if (decoder.config().endTokens().contains(next)) {
        break;
      }
      row = row.then(TokenIds.of(next));
    }
    String text = tokenizer.decodePlain(row).replaceAll("[{}]", "").replaceAll("\\s+", " ").strip();
    return text.replaceAll("[.,;:]+$", "") + ". " + ContextTemplates.PLACE;
  }

  private float[] next(TokenIds row) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] logits = decoder.forward(TokenBatch.of(row).ids(decoder.manager())).toFloatArray();
      int vocabulary = decoder.config().vocabulary();
      return Arrays.copyOfRange(logits, logits.length - vocabulary, logits.length);
    }
  }

  /** Draws among the likeliest tokens in proportion to their probability. */
  private int draw(float[] logits) {
    int[] best =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparing((Integer id) -> -logits[id]).thenComparing(id -> id))
            .limit(LIKELIEST)
            .mapToInt(Integer::intValue)
            .toArray();
    double[] weights =
        IntStream.of(best).mapToDouble(id -> Math.exp(logits[id] - logits[best[0]])).toArray();
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    for (int i = 0; i < best.length; i++) {
      left -= weights[i];
      if (left <= 0) {
        return best[i];
      }
    }
    return best[0];
  }
}
