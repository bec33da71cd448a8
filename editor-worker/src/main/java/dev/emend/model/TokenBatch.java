package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.token.TokenIds;
import java.util.List;

/**
 * Rows of tokens to be read at once, padded at the right to the longest.
 *
 * @param rows at least one, none empty
 */
public record TokenBatch(List<TokenIds> rows) {
  /** Copies the rows. */
  public TokenBatch {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || rows.stream().anyMatch(TokenIds::isEmpty)) {
      throw new IllegalArgumentException("a batch needs rows, and rows need tokens");
    }
  }

  /** A batch of these rows. */
  public static TokenBatch of(TokenIds... rows) {
    return new TokenBatch(List.of(rows));
  }

  /** Number of rows, B. */
  public int size() {
    return rows.size();
  }

  /** Length of the longest row, T. */
  public int length() {
    return rows.stream().mapToInt(TokenIds::length).max().orElseThrow();
  }

  /** Ids {@code [B, T]}, int64; padding is 0, which no real token attends to. */
  public NDArray ids(NDManager manager) {
    int length = length();
    long[] ids = new long[size() * length];
    for (int row = 0; row < size(); row++) {
      long[] own = rows.get(row).toLongs();
      System.arraycopy(own, 0, ids, row * length, own.length);
    }
    return NativeArrays.longs(manager, ids, size(), length);
  }

  /** Position of a token in the flattened batch: {@code row * T + position}. */
  public long flat(int row, int position) {
    if (position < 0 || position >= rows.get(row).length()) {
      throw new IndexOutOfBoundsException(position + " in row " + row + " of " + rows.get(row));
    }
    return (long) row * length() + position;
  }

  /** Flat positions of one token a row, {@code [B]}, int64. */
  public NDArray flat(NDManager manager, List<Integer> positions) {
    if (positions.size() != size()) {
      throw new IllegalArgumentException(positions.size() + " positions for " + size() + " rows");
    }
    long[] flat = new long[size()];
    for (int row = 0; row < flat.length; row++) {
      flat[row] = flat(row, positions.get(row));
    }
    return NativeArrays.longs(manager, flat, flat.length);
  }
}
