package dev.emend.schedule;

import java.util.Collection;

/**
 * The size of a window as the stream knows it.
 *
 * @param facts facts in it
 * @param bytes size of their records on the wire
 * @param letters characters of all their prompts with subjects and objects
 * @param longest characters of the longest
 */
public record WindowShape(int facts, long bytes, long letters, int longest) {
  /** Nothing in it. */
  public static final WindowShape EMPTY = new WindowShape(0, 0, 0, 0);

  /** The size of these facts together. */
  public static WindowShape of(Collection<Waiting> facts) {
    return EMPTY.with(facts);
  }

  /** The size with some more facts. */
  WindowShape with(Collection<Waiting> more) {
    WindowShape sum = this;
    for (Waiting fact : more) {
      sum = sum.with(fact);
    }
    return sum;
  }

  private WindowShape with(Waiting fact) {
    return new WindowShape(
        facts + 1,
        bytes + fact.bytes(),
        letters + fact.letters(),
        Math.max(longest, fact.letters()));
  }
}
