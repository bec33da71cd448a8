package dev.emend.model;

import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which rows have to be read for some continuations. What a token says depends on its past alone,
 * so a continuation that is a beginning of another one's row is read there: after one prompt all
 * answers of one token need one row.
 *
 * @param rows to read
 * @param asked the continuations of each row, as indices
 */
record SharedRows(List<TokenIds> rows, List<List<Integer>> asked) {
  static SharedRows of(List<Continuation> continuations) {
    List<Integer> longestFirst =
        IntStream.range(0, continuations.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -continuations.get(i).target().length()))
            .toList();
    List<TokenIds> rows = new ArrayList<>();
    List<List<Integer>> asked = new ArrayList<>();
    Map<TokenIds, List<Integer>> byPrompt = new HashMap<>();
    for (int index : longestFirst) {
      Continuation continuation = continuations.get(index);
      TokenIds row = continuation.prompt().then(continuation.target().withoutLast());
      List<Integer> hosts =
          byPrompt.computeIfAbsent(continuation.prompt(), prompt -> new ArrayList<>());
      int host = hosts.stream().filter(h -> begins(rows.get(h), row)).findFirst().orElse(-1);
      if (host < 0) {
        host = rows.size();
        hosts.add(host);
        rows.add(row);
        asked.add(new ArrayList<>());
      }
      asked.get(host).add(index);
    }
    return new SharedRows(rows, asked);
  }

  private static boolean begins(TokenIds whole, TokenIds part) {
    return part.length() <= whole.length() && whole.slice(0, part.length()).equals(part);
  }
}
