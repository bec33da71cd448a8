package dev.emend.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model folder; gives the ids that the model was trained with. Offsets are
 * Unicode code points, not UTF-16 units. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  Tokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Opens {@code tokenizer.json}, or {@code vocab.json} with {@code merges.txt}, of a folder.
   *
   * @throws Fault MODEL_INCOMPLETE if there is neither, JSON_INVALID if it cannot be read
   */
  public static Tokenizer open(Path folder) {
    return new Tokenizer(TokenizerFiles.load(folder));
  }

  /** Tokens with the special ones that the tokenizer itself adds, such as a leading BOS. */
  public Tokens encode(String text) {
    return encode(text, true);
  }

  /** Tokens of the text alone. */
  public Tokens encodePlain(String text) {
    return encode(text, false);
  }

  /** The text that ids stand for. */
  public String decode(TokenIds ids) {
    return tokenizer.decode(ids.toLongs(), false);
  }

  /** The text that ids stand for without special tokens. */
  public String decodePlain(TokenIds ids) {
    return tokenizer.decode(ids.toLongs(), true);
  }

  /** The tokens of a prompt and the last one that stands for part of its subject. */
  public LocatedPrompt locate(SubjectPrompt prompt) {
    Tokens tokens = encode(prompt.text());
    int last = tokens.lastMeeting(prompt.subject());
    if (last < 0) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE,
          "the tokenizer gives no token for the subject of \"" + prompt.text() + "\"");
    }
    return new LocatedPrompt(tokens.ids(), last);
  }

  /** The tokens that continue a prompt with {@code object}: those of the object after a space. */
  public TokenIds target(String object) {
    String text = object.startsWith(" ") ? object : " " + object;
    TokenIds ids = encodePlain(text).ids();
    if (object.isBlank() || ids.isEmpty()) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE, "the tokenizer gives no token for \"" + object + "\"");
    }
    return ids;
  }

  private Tokens encode(String text, boolean special) {
    if (text.isEmpty() && !special) {
      return new Tokens(TokenIds.of(new int[0]), List.of());
    }
    Encoding encoding = tokenizer.encode(text, special, false);
    List<Span> spans = Stream.of(encoding.getCharTokenSpans()).map(Tokenizer::span).toList();
    return new Tokens(TokenIds.of(encoding.getIds()), new ArrayList<>(spans));
  }

  private static Span span(@Nullable CharSpan span) {
    return span == null ? Span.NONE : new Span(span.getStart(), span.getEnd());
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
