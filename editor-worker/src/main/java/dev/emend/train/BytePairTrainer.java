package dev.emend.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-level BPE vocabulary (Sennrich et al. 2016; Radford et al. 2019): starting from
 * bytes, the most frequent adjacent pair becomes a token until the vocabulary is full. Pairs of
 * equal frequency are taken in the order of their text, so the result depends on nothing but the
 * text. Not thread-safe; one use each.
 */
public final class BytePairTrainer {
  /** How GPT-2 cuts text into pieces that no token crosses. */
  private static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final int LEAST_COUNT = 2;

  private record Pair(String left, String right) {
    String joined() {
      return left + right;
    }
  }

  private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      if (byCount != 0) {
        return byCount;
      }
      int byLeft = pair.left.compareTo(other.pair.left);
      return byLeft != 0 ? byLeft : pair.right.compareTo(other.pair.right);
    }
  }

  private static final class Word {
    private final List<String> tokens = new ArrayList<>();
    private final long count;

    Word(String piece, long count) {
      this.count = count;
      ByteAlphabet.spell(piece).chars().forEach(c -> tokens.add(String.valueOf((char) c)));
    }
  }

  private final List<Word> words = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  private BytePairTrainer(Map<String, Long> pieces) {
    pieces.forEach((piece, count) -> words.add(new Word(piece, count)));
    for (int i = 0; i < words.size(); i++) {
      count(i, 1);
    }
    counts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  /**
   * Learns from texts.
   *
   * @param size tokens wanted, bytes and the end of text included; fewer come out where no pair
   *     occurs twice
   */
  public static BytePairs learn(Iterable<String> texts, int size) {
    Map<String, Long> pieces = new LinkedHashMap<>();
    for (String text : texts) {
      Matcher matcher = PIECES.matcher(text);
      while (matcher.find()) {
        pieces.merge(matcher.group(), 1L, Long::sum);
      }
    }
    return new BytePairTrainer(pieces).learn(size - new BytePairs(List.of()).size());
  }

  private BytePairs learn(int merges) {
    List<String> learnt = new ArrayList<>();
    while (learnt.size() < merges && !queue.isEmpty()) {
      Candidate best = queue.poll();
      if (counts.getOrDefault(best.pair, 0L) != best.count) {
        continue; // a stale entry: a newer one carries the present count
      }
      if (best.count < LEAST_COUNT) {
        break;
      }
      learnt.add(best.pair.left + " " + best.pair.right);
      merge(best.pair);
    }
    return new BytePairs(learnt);
  }

  private void merge(Pair pair) {
    Set<Pair> touched = new HashSet<>();
    for (int place : List.copyOf(places.getOrDefault(pair, Set.of()))) {
      touched.addAll(count(place, -1));
      join(words.get(place).tokens, pair);
      touched.addAll(count(place, 1));
    }
    counts.remove(pair);
    places.remove(pair);
    for (Pair changed : touched) {
      long count = counts.getOrDefault(changed, 0L);
      if (count > 0) {
        queue.add(new Candidate(changed, count));
      }
    }
  }

  private static void join(List<String> tokens, Pair pair) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).equals(pair.left) && tokens.get(i + 1).equals(pair.right)) {
        tokens.set(i, pair.joined());
        tokens.remove(i + 1);
      }
    }
  }

  /** Adds (sign 1) or takes away (-1) the pairs of a word; gives them back. */
  private Set<Pair> count(int place, int sign) {
    Word word = words.get(place);
    Set<Pair> pairs = new HashSet<>();
    for (int i = 0; i + 1 < word.tokens.size(); i++) {
      Pair pair = new Pair(word.tokens.get(i), word.tokens.get(i + 1));
      pairs.add(pair);
      counts.merge(pair, sign * word.count, Long::sum);
      Set<Integer> at = places.computeIfAbsent(pair, p -> new TreeSet<>());
      if (sign > 0) {
        at.add(place);
      } else {
        at.remove(place);
      }
    }
    return pairs;
  }
}
