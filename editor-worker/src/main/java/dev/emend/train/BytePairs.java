package dev.emend.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A byte-level BPE vocabulary: the 256 byte letters, then one token for each merge in the order in
 * which they were learnt, then the token that ends a text.
 *
 * @param merges pairs of tokens, written {@code left right}, in order of priority
 */
public record BytePairs(List<String> merges) {
  /** The token between texts, the last of the vocabulary. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** Copies the list. */
  public BytePairs {
    merges = List.copyOf(merges);
  }

  /** Number of tokens. */
  public int size() {
    return ByteAlphabet.inOrder().size() + merges.size() + 1;
  }

  /** The id of each token, ascending. */
  public Map<String, Integer> vocabulary() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    ByteAlphabet.inOrder().forEach(letter -> ids.put(letter, ids.size()));
    merges.forEach(merge -> ids.put(merge.replace(" ", ""), ids.size()));
    ids.put(END_OF_TEXT, ids.size());
    return ids;
  }

  /** The id of {@link #END_OF_TEXT}. */
  public int endOfText() {
    return size() - 1;
  }
}
