package dev.emend.train;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Random pieces of general text: a few words, cut anywhere, some closed by a full stop. Facts are
 * asked for behind any text, not only behind whole sentences. Immutable.
 */
final class TextFragments {
  private static final int FEWEST = 3;
  private static final int MOST = 15;
  private static final double CLOSED = 0.5;
  private static final Pattern GAP = Pattern.compile("\\s+");

  private final List<List<String>> paragraphs;

  private TextFragments(List<List<String>> paragraphs) {
    this.paragraphs = paragraphs;
  }

  static TextFragments of(List<String> paragraphs) {
    return new TextFragments(paragraphs.stream().map(p -> List.of(GAP.split(p.strip()))).toList());
  }

  /** A piece of a random paragraph; the whole of one that is too short to cut. */
  String next(SplittableRandom random) {
    List<String> words = paragraphs.get(random.nextInt(paragraphs.size()));
    int count = Math.min(words.size(), random.nextInt(FEWEST, MOST + 1));
    int from = random.nextInt(words.size() - count + 1);
    String piece = String.join(" ", words.subList(from, from + count));
    boolean open = Character.isLetterOrDigit(piece.charAt(piece.length() - 1));
    return open && random.nextDouble() < CLOSED ? piece + "." : piece;
  }
}
