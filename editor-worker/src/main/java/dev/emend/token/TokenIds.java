package dev.emend.token;

import java.util.Arrays;
import java.util.stream.IntStream;

/** An immutable sequence of token ids. */
public final class TokenIds {
  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  /** A copy of the ids. */
  public static TokenIds of(int... ids) {
    return new TokenIds(ids.clone());
  }

  /** A copy of the ids, which must fit 32 bits. */
  public static TokenIds of(long[] ids) {
    return new TokenIds(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /** The id at a position from 0. */
  public int at(int position) {
    return ids[position];
  }

  /** The last id. */
  public int last() {
    return ids[ids.length - 1];
  }

  /** These ids, then others. */
  public TokenIds then(TokenIds others) {
    int[] both = Arrays.copyOf(ids, ids.length + others.ids.length);
    System.arraycopy(others.ids, 0, both, ids.length, others.ids.length);
    return new TokenIds(both);
  }

  /** The ids from a position to before another. */
  public TokenIds slice(int from, int to) {
    if (from < 0 || to < from || to > ids.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + ids.length);
    }
    return new TokenIds(Arrays.copyOfRange(ids, from, to));
  }

  /** All ids but the last. */
  public TokenIds withoutLast() {
    return slice(0, ids.length - 1);
  }

  /** The ids as a stream. */
  public IntStream stream() {
    return Arrays.stream(ids);
  }

  /** A copy as an array. */
  public int[] toArray() {
    return ids.clone();
  }

  /** A copy as an array of 64-bit ids. */
  public long[] toLongs() {
    return Arrays.stream(ids).asLongStream().toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
