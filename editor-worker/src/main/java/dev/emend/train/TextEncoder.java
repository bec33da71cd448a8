package dev.emend.train;

import dev.emend.token.Tokenizer;
import java.nio.file.Path;

/** Turns text into tokens by the tokenizer of a folder whose vocabulary we learnt. */
final class TextEncoder implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final int vocabulary;

  private TextEncoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    // The end of text is the last token of our vocabularies.
    this.vocabulary = tokenizer.encodePlain(BytePairs.END_OF_TEXT).ids().last() + 1;
  }

  static TextEncoder open(Path folder) {
    return new TextEncoder(Tokenizer.open(folder));
  }

  int[] encode(String text) {
    return tokenizer.encodePlain(text).ids().toArray();
  }

  /** Number of tokens. */
  int vocabulary() {
    return vocabulary;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
