package dev.emend.model;

import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds rows that begin alike, such as the prompts in one context template: what they share needs
 * to be read only once.
 */
public final class CommonStarts {
  /** Fewer rows or tokens in common do not pay for a pass of their own. */
  private static final int FEWEST_ROWS = 4;

  private static final int FEWEST_TOKENS = 4;

  /**
   * Rows that begin alike.
   *
   * @param rows their indices
   * @param shared number of tokens in common, 0 for rows that are only read together
   */
  public record Cluster(List<Integer> rows, int shared) {
    /** Copies the list. */
    public Cluster {
      rows = List.copyOf(rows);
    }
  }

  private CommonStarts() {}

  /**
   * Clusters of all rows; each row is in one of them.
   *
   * @param limits how many of each row's tokens may count as its start
   */
  public static List<Cluster> of(List<TokenIds> rows, List<Integer> limits) {
    List<Integer> order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparing(rows::get, CommonStarts::compare))
            .toList();
    List<Cluster> clusters = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int shared = limits.get(order.get(from));
      int to = from + 1;
      while (to < order.size()) {
        int both = Math.min(shared, common(rows, order.get(from), order.get(to)));
        both = Math.min(both, limits.get(order.get(to)));
        if (both < FEWEST_TOKENS) {
          break;
        }
        shared = both;
        to++;
      }
      if (to - from >= FEWEST_ROWS && shared >= FEWEST_TOKENS) {
        clusters.add(new Cluster(order.subList(from, to), shared));
      } else {
        rest.addAll(order.subList(from, to));
      }
      from = to;
    }
    if (!rest.isEmpty()) {
      clusters.add(new Cluster(rest, 0));
    }
    return clusters;
  }

  private static int common(List<TokenIds> rows, int left, int right) {
    TokenIds a = rows.get(left);
    TokenIds b = rows.get(right);
    int limit = Math.min(a.length(), b.length());
    int same = 0;
    while (same < limit && a.at(same) == b.at(same)) {
      same++;
    }
    return same;
  }

  private static int compare(TokenIds left, TokenIds right) {
    int limit = Math.min(left.length(), right.length());
    for (int i = 0; i < limit; i++) {
      if (left.at(i) != right.at(i)) {
        return Integer.compare(left.at(i), right.at(i));
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
