package dev.emend.train;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Turns text into tokens by a {@code tokenizer.json} of our own. */
final class TextEncoder implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final int vocabulary;

  private TextEncoder(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    // The end of text is the last token of our vocabularies.
    long[] last = tokenizer.encode(BytePairs.END_OF_TEXT).getIds();
    this.vocabulary = Math.toIntExact(last[0]) + 1;
  }

  static TextEncoder open(Path folder) {
    Path file = folder.resolve("tokenizer.json");
    try {
      return new TextEncoder(HuggingFaceTokenizer.newInstance(file, OPTIONS));
    } catch (IOException e) {
      throw new Fault(FaultCode.MODEL_INCOMPLETE, "cannot read " + file, e);
    }
  }

  int[] encode(String text) {
    return Arrays.stream(tokenizer.encode(text).getIds()).mapToInt(Math::toIntExact).toArray();
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
