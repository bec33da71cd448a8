package dev.emend.token;

/**
 * A stretch of a text in Unicode code points.
 *
 * @param start first code point
 * @param end after the last one
 */
public record Span(int start, int end) {
  /** The stretch of special tokens, which stand for no text. */
  public static final Span NONE = new Span(0, 0);

  /** Checks the order. */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(start + ".." + end);
    }
  }

  /** Whether the two share a code point. */
  public boolean meets(Span other) {
    return Math.max(start, other.start) < Math.min(end, other.end);
  }
}
