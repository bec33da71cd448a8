package dev.emend.token;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A tokenised text.
 *
 * @param ids of its tokens
 * @param spans what each token stands for in the text; {@link Span#NONE} for special tokens
 */
public record Tokens(TokenIds ids, List<Span> spans) {
  /** Copies the list and checks its length. */
  public Tokens {
    spans = List.copyOf(spans);
    if (spans.size() != ids.length()) {
      throw new IllegalArgumentException(spans.size() + " spans for " + ids.length() + " tokens");
    }
  }

  /** Positions of the tokens that stand for part of {@code stretch}, ascending. */
  List<Integer> meeting(Span stretch) {
    return IntStream.range(0, spans.size())
        .filter(position -> spans.get(position).meets(stretch))
        .boxed()
        .toList();
  }
}
