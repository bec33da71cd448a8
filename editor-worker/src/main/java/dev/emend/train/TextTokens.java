package dev.emend.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** General text as tokens: one long run for whole rows, and single sentences for beginnings. */
final class TextTokens {
  private final int[] run;
  private final List<int[]> sentences;

  private TextTokens(int[] run, List<int[]> sentences) {
    this.run = run;
    this.sentences = sentences;
  }

  /** Encodes paragraphs; each ends in the token that ends a text. */
  static TextTokens of(List<String> paragraphs, TextEncoder encoder, int endOfText) {
    List<int[]> pieces = new ArrayList<>();
    List<int[]> sentences = new ArrayList<>();
    for (String paragraph : paragraphs) {
      pieces.add(encoder.encode(paragraph));
      pieces.add(new int[] {endOfText});
      PlainText.sentences(paragraph).forEach(s -> sentences.add(encoder.encode(s)));
    }
    int[] run = pieces.stream().flatMapToInt(IntStream::of).toArray();
    return new TextTokens(run, List.copyOf(sentences));
  }

  boolean isEmpty() {
    return run.length == 0;
  }

  /** A piece from a random place, of the given length or as long as the run is. */
  int[] piece(int length, SplittableRandom random) {
    int size = Math.min(length, run.length);
    int from = random.nextInt(run.length - size + 1);
    return Arrays.copyOfRange(run, from, from + size);
  }

  /** The end of a random sentence, cut to {@code longest} tokens. */
  int[] sentence(int longest, SplittableRandom random) {
    int[] whole = sentences.get(random.nextInt(sentences.size()));
    return Arrays.copyOfRange(whole, Math.max(0, whole.length - longest), whole.length);
  }
}
