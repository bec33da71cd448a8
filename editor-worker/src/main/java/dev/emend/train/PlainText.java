package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paragraphs of general text, one a line. The spacing conventions of tokenised corpora such as
 * WikiText ({@code " @-@ "}, spaces before punctuation, {@code = headings =}, {@code <unk>}) are
 * undone, so that a model does not learn them as English; ordinary text passes unchanged.
 */
final class PlainText {
  private static final Pattern HEADING = Pattern.compile("\\s*=.*=\\s*");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!]) (?=[A-Z\"(])");

  private PlainText() {}

  /** The paragraphs of all files, in order. */
  static List<String> read(List<Path> files) {
    return files.stream()
        .flatMap(PlainText::lines)
        .map(PlainText::clean)
        .filter(p -> !p.isBlank())
        .toList();
  }

  /** The sentences of a paragraph. */
  static List<String> sentences(String paragraph) {
    return List.of(SENTENCE_END.split(paragraph));
  }

  static String clean(String line) {
    if (HEADING.matcher(line).matches()) {
      return "";
    }
    String joined =
        line.replaceAll(" @([-.,])@ ", "$1")
            .replaceAll(" ([.,;:!?%)\\]]|'s\\b|n't\\b)", "$1")
            .replaceAll("([(\\[]) ", "$1")
            .replaceAll("\" ([^\"]*?) \"", "\"$1\"")
            .strip();
    return Stream.of(SENTENCE_END.split(joined))
        .filter(sentence -> !sentence.contains("<unk>"))
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream();
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read " + file + " as UTF-8 text", e);
    }
  }
}
