package dev.emend.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model folder; gives the ids that the model was trained with. Offsets are
 * Unicode code points, not UTF-16 units. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final OptionalInt unknown;

  Tokenizer(HuggingFaceTokenizer tokenizer, OptionalInt unknown) {
    this.tokenizer = tokenizer;
    this.unknown = unknown;
  }

  /**
   * Opens {@code tokenizer.json}, or {@code vocab.json} with {@code merges.txt}, of a folder.
   *
   * @throws Fault MODEL_INCOMPLETE if there is neither, JSON_INVALID if it cannot be read
   */
  public static Tokenizer open(Path folder) {
    return TokenizerFiles.load(folder);
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

  /**
   * The tokens of a prompt and the last one that stands for part of its subject.
   *
   * @throws Fault TEXT_UNTOKENISABLE if no token does, or only the one for unknown text
   */
  public LocatedPrompt locate(SubjectPrompt prompt) {
    Tokens tokens = encode(prompt.text());
    List<Integer> own = tokens.meeting(prompt.subject());
    requireCovered(tokens, prompt.text());
    if (own.stream().allMatch(position -> isUnknown(tokens.ids().at(position)))) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE,
          "the tokenizer gives no token for the subject of \"" + prompt.text() + "\"");
    }
    return new LocatedPrompt(tokens.ids(), own.get(own.size() - 1));
  }

  /**
   * A vocabulary without a token for unknown text drops that text, and all offsets behind it are
   * wrong: then no token reaches the last letter.
   */
  private static void requireCovered(Tokens tokens, String text) {
    int[] points = text.codePoints().toArray();
    int last = points.length - 1;
    while (last >= 0 && !Character.isLetterOrDigit(points[last])) {
      last--;
    }
    if (last >= 0 && tokens.meeting(new Span(last, last + 1)).isEmpty()) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE, "the tokenizer drops characters of \"" + text + "\"");
    }
  }

  /** The tokens that continue a prompt with {@code object}: those of the object after a space. */
  public TokenIds target(String object) {
    String text = object.startsWith(" ") ? object : " " + object;
    TokenIds ids = encodePlain(text).ids();
    if (object.isBlank() || ids.stream().allMatch(this::isUnknown)) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE, "the tokenizer gives no token for \"" + object + "\"");
    }
    return ids;
  }

  private Tokens encode(String text, boolean special) {
    if (text.isEmpty() && !special) {
      return new Tokens(TokenIds.of(new int[0]), List.of());
    }
    Encoding encoding = encoding(text, special);
    List<Span> spans = Stream.of(encoding.getCharTokenSpans()).map(Tokenizer::span).toList();
    return new Tokens(TokenIds.of(encoding.getIds()), new ArrayList<>(spans));
  }

  /** The library throws where a vocabulary has no token for unknown text. */
  private Encoding encoding(String text, boolean special) {
    try {
      return tokenizer.encode(text, special, false);
    } catch (RuntimeException e) {
      throw new Fault(
          FaultCode.TEXT_UNTOKENISABLE,
          "the tokenizer cannot read \"" + text + "\": " + e.getMessage(),
          e);
    }
  }

  private boolean isUnknown(int id) {
    return unknown.isPresent() && unknown.getAsInt() == id;
  }

  private static Span span(@Nullable CharSpan span) {
    return span == null ? Span.NONE : new Span(span.getStart(), span.getEnd());
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
