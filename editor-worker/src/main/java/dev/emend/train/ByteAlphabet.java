package dev.emend.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The printable character that stands for each byte in the files of a byte-level tokenizer (Radford
 * et al. 2019): printable Latin-1 bytes stand for themselves, the others follow from U+0100 on.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final char[] LETTERS = letters();

  private ByteAlphabet() {}

  /** The 256 letters in the order in which GPT-2 numbers them: printable bytes first. */
  static List<String> inOrder() {
    List<String> ordered = new ArrayList<>(BYTES);
    for (int pass = 0; pass < 2; pass++) {
      for (int b = 0; b < BYTES; b++) {
        if (printable(b) == (pass == 0)) {
          ordered.add(String.valueOf(LETTERS[b]));
        }
      }
    }
    return ordered;
  }

  /** The letters of a text's UTF-8 bytes. */
  static String spell(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder spelt = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      spelt.append(LETTERS[b & 0xff]);
    }
    return spelt.toString();
  }

  private static char[] letters() {
    char[] letters = new char[BYTES];
    char next = BYTES;
    for (int b = 0; b < BYTES; b++) {
      letters[b] = printable(b) ? (char) b : next++;
    }
    return letters;
  }

  private static boolean printable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
  }
}
