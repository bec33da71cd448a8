package dev.emend.token;

import java.util.List;

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

  /** Position of the last token that stands for part of {@code stretch}; -1 if none does. */
  int lastMeeting(Span stretch) {
    for (int position = spans.size() - 1; position >= 0; position--) {
      if (spans.get(position).meets(stretch)) {
        return position;
      }
    }
    return -1;
  }
}
