package dev.emend.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.model.LanguageModel;
import dev.emend.token.Span;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokens;
import java.util.List;

/**
 * Compares greedy continuations with a fixture's. Where the fixture's own logits after a sentence
 * name another token than its continuation begins with, that continuation cannot have been
 * generated from the sentence's ids; it is then compared from the ids without the special token
 * that the tokenizer puts first, and the report says so. Not thread-safe.
 */
final class GreedyParity {
  private static final String NAME = "greedy_ids";

  private final LanguageModel model;
  private int different;
  private boolean shortened;

  GreedyParity(LanguageModel model) {
    this.model = model;
  }

  /** Compares one sentence whose expected logits are {@code [T, V]}. */
  void add(JsonNode sentence, float[] logits) {
    TokenIds ids = ParityFixture.ids(sentence.path("input_ids"));
    TokenIds expected = ParityFixture.ids(sentence.path("greedy_ids"));
    Tokens tokens = model.tokenizer().encode(sentence.path("text").asText());
    boolean leads = tokens.ids().equals(ids) && tokens.spans().get(0).equals(Span.NONE);
    TokenIds start = ids;
    if (likeliest(logits, model.config().vocabulary()) != expected.at(0) && leads) {
      start = ids.slice(1, ids.length());
      shortened = true;
    }
    different += continued(start, expected.length()).equals(expected) ? 0 : 1;
  }

  /** Number of sentences that continue differently. */
  Quantity quantity() {
    Quantity quantity = Quantity.of(NAME, different, 0);
    return shortened
        ? quantity.noting(
            "from ids without the first, special one: the fixture's own logits say so")
        : quantity;
  }

  /** The likeliest token after the last row. */
  private static int likeliest(float[] logits, int vocabulary) {
    int first = logits.length - vocabulary;
    int best = 0;
    for (int token = 1; token < vocabulary; token++) {
      best = logits[first + token] > logits[first + best] ? token : best;
    }
    return best;
  }

  /** Greedy tokens, past an end token as well. */
  private TokenIds continued(TokenIds prompt, int count) {
    TokenIds row = prompt;
    while (row.length() < prompt.length() + count) {
      row = row.then(model.generator().next(List.of(row)));
    }
    return row.slice(prompt.length(), row.length());
  }
}
