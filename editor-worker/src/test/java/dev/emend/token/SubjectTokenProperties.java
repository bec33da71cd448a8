package dev.emend.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The last subject token is the one that holds the subject's last byte, whatever stands around it.
 * Tokens of both test tokenizers stand for whole bytes, so the oracle counts bytes and knows
 * nothing of offsets.
 */
final class SubjectTokenProperties {
  private static final String WOMAN_ASTRONAUT = "\uD83D\uDC69\u200D\uD83D\uDE80";
  private static final String FLAG = "\uD83C\uDDF3\uD83C\uDDF4";

  @Property(tries = 300)
  void shouldHoldTheLastByteInByteLevelTokens(
      @ForAll("texts") String before,
      @ForAll("subjects") String subject,
      @ForAll("texts") String after)
      throws IOException {
    check(
        TinyTokenizers::writeByteLevel, TinyTokenizers::byteLevelBytes, 0, before, subject, after);
  }

  @Property(tries = 300)
  void shouldHoldTheLastByteInTokensThatMarkSpaces(
      @ForAll("texts") String before,
      @ForAll("subjects") String subject,
      @ForAll("texts") String after)
      throws IOException {
    // A beginning token stands for nothing, and the mark before the text for no byte of it.
    check(
        TinyTokenizers::writeSentencePieceStyle,
        TinyTokenizers::sentencePieceBytes,
        1,
        before,
        subject,
        after);
  }

  private static void check(
      Consumer<Path> writer,
      IntUnaryOperator size,
      int begin,
      String before,
      String subject,
      String after)
      throws IOException {
    Path folder = Files.createTempDirectory("tokens");
    try {
      writer.accept(folder);
      try (Tokenizer tokenizer = Tokenizer.open(folder)) {
        LocatedPrompt located =
            tokenizer.locate(SubjectPrompt.fill(before + "{}" + after, subject));
        TokenIds ids = located.ids().slice(begin, located.ids().length());
        int last = located.lastSubjectToken() - begin;
        int wanted = begin + bytes(before + subject);
        assertThat(ids.slice(0, last).stream().map(size).sum()).isLessThan(wanted);
        assertThat(ids.slice(0, last + 1).stream().map(size).sum()).isGreaterThanOrEqualTo(wanted);
        assertThat(ids.stream().map(size).sum()).isEqualTo(wanted + bytes(after));
      }
    } finally {
      Files.delete(folder.resolve("tokenizer.json"));
      Files.delete(folder);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Provide
  Arbitrary<String> subjects() {
    return texts().filter(text -> !text.isBlank());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            " ",
            "the",
            "rus",
            "s",
            "sia",
            " is",
            "Rome",
            "o",
            "Zo\u00EB",
            "e\u0301",
            "\u0301",
            "\uD83C\uDFB5",
            WOMAN_ASTRONAUT,
            FLAG,
            "\u200D",
            "\u65E5\u672C",
            "'s",
            ",",
            "7",
            "\u00A0")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }
}
