package dev.emend.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which tokens of a batch a replay computes and which it reads.
 *
 * @param starts first position of each row's suffix
 * @param lengths tokens of each row
 * @param readings tokens read at the end of each row, R; a suffix that is shorter is read from its
 *     first token on, which is then read more than once
 */
record SuffixPlan(List<Integer> starts, List<Integer> lengths, int readings) {
  SuffixPlan {
    starts = List.copyOf(starts);
    lengths = List.copyOf(lengths);
    if (starts.size() != lengths.size()) {
      throw new IllegalArgumentException(starts.size() + " starts for " + lengths.size() + " rows");
    }
    for (int row = 0; row < starts.size(); row++) {
      if (starts.get(row) < 0 || starts.get(row) >= lengths.get(row)) {
        throw new IndexOutOfBoundsException("start " + starts.get(row) + " of row " + row);
      }
    }
    if (readings < 1) {
      throw new IllegalArgumentException("at least one token a row must be read");
    }
  }

  static SuffixPlan of(TokenBatch batch, List<Integer> starts, int readings) {
    return new SuffixPlan(
        starts, batch.rows().stream().map(row -> row.length()).toList(), readings);
  }

  SuffixPlan only(List<Integer> rows) {
    return new SuffixPlan(
        rows.stream().map(starts::get).toList(),
        rows.stream().map(lengths::get).toList(),
        readings);
  }

  /** Width of the suffixes, S. */
  int length() {
    return IntStream.range(0, starts.size()).map(this::suffix).max().orElseThrow();
  }

  /** Width of what lies before them, P. */
  int prefix() {
    return starts.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private int suffix(int row) {
    return lengths.get(row) - starts.get(row);
  }

  /** Offsets in the suffixes of the tokens that are read, R a row. */
  long[] readOffsets() {
    return IntStream.range(0, starts.size() * readings)
        .mapToLong(i -> Math.max(0, suffix(i / readings) - readings + i % readings))
        .toArray();
  }

  /** Where a position is among the tokens that are read: {@code row * R + ..}. */
  long flat(int row, int position) {
    int fromEnd = lengths.get(row) - position;
    if (fromEnd < 1 || fromEnd > readings || position < starts.get(row)) {
      throw new IndexOutOfBoundsException(position + " of row " + row + " is not read");
    }
    return (long) row * readings + readings - fromEnd;
  }
}
