package dev.emend.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'the {} is',            Ana
          '{} is the',            Bob
          ' {}  is',              Zoë Kravitz
          '\uD83D\uDE00\uD83D\uDE00 {} is', Gödel
          '{} is',                Beyoncé \uD83C\uDFB5
          'x {}',                 日本
          '{}',                   'e\u0301'
          'the {}, is',           'a b'
          """)
  void shouldFindTheTokenThatHoldsTheLastByteOfTheSubject(String template, String subject) {
    TinyTokenizers.writeByteLevel(folder);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      SubjectPrompt prompt = SubjectPrompt.fill(template, subject);
      LocatedPrompt located = tokenizer.locate(prompt);
      String upToSubject = template.substring(0, template.indexOf("{}")) + subject;
      int wanted = upToSubject.getBytes(StandardCharsets.UTF_8).length;
      TokenIds ids = located.ids();
      int before = bytes(tokenizer, ids.slice(0, located.lastSubjectToken()));
      int after = bytes(tokenizer, ids.slice(0, located.lastSubjectToken() + 1));
      assertThat(before).isLessThan(wanted);
      assertThat(after).isGreaterThanOrEqualTo(wanted);
      assertThat(tokenizer.decode(ids)).isEqualTo(prompt.text());
    }
  }

  @Test
  void shouldFindATokenThatMergesTheSubjectWithWhatFollows() {
    TinyTokenizers.writeByteLevel(folder);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      LocatedPrompt located = tokenizer.locate(SubjectPrompt.fill("{}sia is", "rus"));
      assertThat(tokenizer.decode(TokenIds.of(located.ids().at(0)))).isEqualTo("russ");
      assertThat(located.lastSubjectToken()).isZero();
    }
  }

  @Test
  void shouldCountASpecialTokenThatTheTokenizerAddsButNotInTargets() {
    TinyTokenizers.writeSentencePieceStyle(folder);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      LocatedPrompt located = tokenizer.locate(SubjectPrompt.fill("{} o", "Rome"));
      assertThat(located.ids().at(0)).isEqualTo(1);
      assertThat(located.ids().length()).isEqualTo(5);
      assertThat(located.lastSubjectToken()).isEqualTo(2);
      TokenIds target = tokenizer.target("Rome");
      assertThat(target.stream().filter(id -> id == 1)).isEmpty();
      assertThat(target).isEqualTo(tokenizer.encodePlain(" Rome").ids());
      assertThat(target.at(0)).as("a space mark of its own").isEqualTo(2);
    }
  }

  @Test
  void shouldReadVocabularyAndMergesAsItReadsTokenizerJson() throws IOException {
    String text = "the russ is \uD83D\uDE00 thé<|endoftext|>";
    TinyTokenizers.writeVocabularyAndMerges(folder);
    Path other = Files.createDirectory(folder.resolve("other"));
    TinyTokenizers.writeByteLevel(other);
    try (Tokenizer older = Tokenizer.open(folder);
        Tokenizer newer = Tokenizer.open(other)) {
      assertThat(older.encode(text)).isEqualTo(newer.encode(text));
      assertThat(older.encode(text).ids().last()).isEqualTo(TinyTokenizers.END_OF_TEXT);
    }
  }

  @Test
  void shouldNeitherPadNorTruncate() {
    TinyTokenizers.writeByteLevel(folder);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("x".repeat(3000)).ids().length()).isEqualTo(3000);
      assertThat(tokenizer.encode("x").ids().length()).isEqualTo(1);
      assertThat(tokenizer.encodePlain("").ids().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldRefuseEmptyTargetsAndPromptsWithoutOnePlaceholder() {
    TinyTokenizers.writeByteLevel(folder);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertFault(() -> tokenizer.target(" "), FaultCode.TEXT_UNTOKENISABLE);
    }
    assertFault(() -> SubjectPrompt.fill("no place", "x"), FaultCode.SUBJECT_NOT_IN_PROMPT);
    assertFault(() -> SubjectPrompt.fill("{} and {}", "x"), FaultCode.SUBJECT_NOT_IN_PROMPT);
    assertFault(() -> SubjectPrompt.fill("{}", " "), FaultCode.FACT_INVALID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRefuseSubjectsAndObjectsThatTheVocabularyDoesNotCover(boolean unknownToken) {
    TinyTokenizers.writeFourLetters(folder, unknownToken);
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      SubjectPrompt covered = SubjectPrompt.fill("a {} b", "cab");
      assertThat(tokenizer.locate(covered).lastSubjectToken()).isEqualTo(4);
      assertFault(
          () -> tokenizer.locate(SubjectPrompt.fill("a {} b", "\u65E5\u672C")),
          FaultCode.TEXT_UNTOKENISABLE);
    }
  }

  @Test
  void shouldSayWhatIsMissingOrMalformed() throws IOException {
    assertFault(() -> Tokenizer.open(folder), FaultCode.MODEL_INCOMPLETE);
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");
    assertFault(() -> Tokenizer.open(folder), FaultCode.JSON_INVALID);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("vocab.json"), "not json");
    Files.writeString(folder.resolve("merges.txt"), "a b");
    assertFault(() -> Tokenizer.open(folder), FaultCode.JSON_INVALID);
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
    Files.writeString(folder.resolve("merges.txt"), "a b c");
    assertFault(() -> Tokenizer.open(folder), FaultCode.JSON_INVALID);
  }

  private static int bytes(Tokenizer tokenizer, TokenIds ids) {
    int length = 0;
    for (int i = 0; i < ids.length(); i++) {
      int id = ids.at(i);
      boolean merged = id > 256;
      length += merged ? tokenizer.decode(TokenIds.of(id)).length() : 1;
    }
    return length;
  }

  private static void assertFault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FaultCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
