package dev.emend.evaluate;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Text from which key statistics are taken: paragraphs, one a line. Every paragraph is a row of
 * tokens of its own; a long one is cut.
 */
public final class Corpus {
  private static final String DEFAULT = "default-corpus.txt";
  private static final int LONGEST_ROW = 256;

  private final List<String> paragraphs;

  private Corpus(List<String> paragraphs) {
    this.paragraphs = paragraphs;
  }

  /** Our own text that comes with the program: rendered facts and general prose. */
  public static Corpus byDefault() {
    try (InputStream input =
        Objects.requireNonNull(Corpus.class.getResourceAsStream(DEFAULT), DEFAULT)) {
      return of(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Fault(FaultCode.INTERNAL, "the default corpus cannot be read", e);
    }
  }

  /** The texts of some files, in UTF-8. */
  public static Corpus of(List<Path> files) {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      try {
        text.append(Files.readString(file)).append('\n');
      } catch (IOException e) {
        throw new Fault(FaultCode.FILE_NOT_FOUND, file + " cannot be read as UTF-8 text", e);
      }
    }
    return of(text.toString());
  }

  private static Corpus of(String text) {
    return new Corpus(text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /**
   * Rows of tokens.
   *
   * @param positions the longest row that the model reads
   */
  List<TokenIds> rows(Tokenizer tokenizer, int positions) {
    int longest = Math.min(positions, LONGEST_ROW);
    List<TokenIds> rows = new ArrayList<>();
    for (String paragraph : paragraphs) {
      TokenIds ids = tokenizer.encode(paragraph).ids();
      for (int from = 0; from < ids.length(); from += longest) {
        rows.add(ids.slice(from, Math.min(ids.length(), from + longest)));
      }
    }
    if (rows.isEmpty()) {
      throw new Fault(FaultCode.STATISTICS_INVALID, "the text for key statistics has no words");
    }
    return rows;
  }
}
