package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.token.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytePairTrainerTest {
  @Test
  void shouldJoinTheMostFrequentPairFirst() {
    BytePairs pairs = BytePairTrainer.learn(List.of("abab abab"), 259);
    assertThat(pairs.merges()).containsExactly("a b", "ab ab");
  }

  @Test
  void shouldStopWhereNoPairOccursTwice() {
    assertThat(BytePairTrainer.learn(List.of("abcdef"), 300).merges()).isEmpty();
  }

  @RepeatedTest(20)
  void shouldLearnWhatTheNaiveAlgorithmLearns(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      StringBuilder word = new StringBuilder();
      for (int n = 1 + random.nextInt(7); n > 0; n--) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      texts.add(word.toString());
    }
    assertThat(BytePairTrainer.learn(texts, 257 + 12).merges()).isEqualTo(naive(texts, 12));
  }

  /** Counts all pairs anew before every merge. */
  private static List<String> naive(List<String> texts, int merges) {
    List<List<String>> words = new ArrayList<>();
    texts.forEach(text -> words.add(new ArrayList<>(List.of(text.split("")))));
    List<String> learnt = new ArrayList<>();
    while (learnt.size() < merges) {
      Map<String, Integer> counts = new TreeMap<>(BytePairTrainerTest::byParts);
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
        }
      }
      int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (most < 2) {
        break;
      }
      String best =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() == most)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      learnt.add(best);
      for (List<String> word : words) {
        join(word, best.split(" "));
      }
    }
    return learnt;
  }

  private static int byParts(String one, String other) {
    String[] left = one.split(" ");
    String[] right = other.split(" ");
    int byFirst = left[0].compareTo(right[0]);
    return byFirst != 0 ? byFirst : left[1].compareTo(right[1]);
  }

  private static void join(List<String> word, String[] pair) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (word.get(i).equals(pair[0]) && word.get(i + 1).equals(pair[1])) {
        word.set(i, pair[0] + pair[1]);
        word.remove(i + 1);
      }
    }
  }

  @Test
  void shouldWriteATokenizerThatRestoresAnyText(@TempDir Path folder) {
    BytePairs pairs = BytePairTrainer.learn(List.of("the the the the the thing"), 280);
    TokenizerFolder.write(folder, pairs, 64);
    String text = "Then the Ünïcode thing: \uD83D\uDE00 went\tthere";
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.decode(tokenizer.encodePlain(text).ids())).isEqualTo(text);
      assertThat(tokenizer.encodePlain(" the").ids().length()).isEqualTo(1);
      assertThat(tokenizer.encodePlain(BytePairs.END_OF_TEXT).ids().last())
          .isEqualTo(pairs.endOfText())
          .isEqualTo(pairs.size() - 1);
    }
  }
}
